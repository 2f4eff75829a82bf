# What can be wrong anywhere: said at a field, on an error page, in problem+json.
error-needs-right = This needs the right { $right }.
home-welcome = Choose where to go in the list on the left.
ui-nav-groups = Groups
ui-nav-profiles = Profiles
ui-nav-book = The book
ui-jump-pages = Pages
