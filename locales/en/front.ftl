# What can be wrong anywhere: said at a field, on an error page, in problem+json.
error-needs-right = This needs the right { $right }.
ui-nav-groups = Groups
ui-nav-profiles = Profiles
ui-nav-book = The book
ui-jump-pages = Pages
ui-jump-queues = Queues
ui-jump-entries = Entries
ui-jump-entry = Entry { $n }
