# The frame round every page and the parts pages are made of.

ui-product = Vaktbok
ui-jump-key = Ctrl K
ui-skip = Skip to the content
ui-menu = Menu
ui-nav = Main
ui-nav-home = Home
ui-nav-cases = Cases
ui-nav-archive = Archive
ui-nav-logs = Logs
ui-nav-users = Users
ui-nav-access = Access
ui-nav-settings = Settings
ui-nav-learning = Learning
ui-path = Where you are
ui-jump = Jump to …
ui-jump-hint = A page, user, setting or interaction
ui-jump-none = Nothing is called “{ $q }”.
ui-sign-out = Sign out
ui-theme-toggle = Light or dark
ui-keys = Keys
ui-keys-search = Go to the search box
ui-keys-move = Next and previous row, or line of what was said
ui-keys-open = Open the row, or play from the line
ui-keys-play = Play and pause the recording
ui-keys-close = Close the drawer or the box
ui-keys-jump = Jump to any page, user, setting or interaction
ui-keys-help = Show these keys
ui-close = Close
ui-cancel = Cancel
ui-undo = Undo
ui-stop = Stop
ui-apply = Apply
ui-copy = Copy
ui-copied = Copied
ui-search = Search

ui-columns = Columns
ui-choose = Choose
ui-chosen = With the chosen:
ui-pages = Pages
ui-newer = Newer
ui-older = Older
ui-previous = Previous
ui-next = Next
ui-live-more = Show new rows
ui-live-rest = There are more new rows: show
ui-filter-remove = Remove the filter
ui-filter-clear = Remove all filters
ui-filters = { $n ->
    [0] Filter
   *[other] Filter ({ $n })
}
ui-filters-more = More filters ({ $n })
ui-chosen-one = the chosen one
ui-time-1h = Last hour
ui-time-today = Today
ui-time-7d = 7 days
ui-time-30d = 30 days
ui-time-all = All

ui-time-since = From
ui-time-until = To
ui-time-between = From – to

ui-errors = { $n ->
    [one] One thing needs to be put right
   *[other] { $n } things need to be put right
}

ui-diff = What changed
ui-diff-field = Field
ui-diff-before = Before
ui-diff-after = After
ui-chain-unset = not set
ui-chain-decides = decides
ui-setting-inherited = Inherited would be: { $value }
ui-setting-change = Change
ui-setting-change-named = Change: { $name }
ui-setting-inherit = Inherit again
ui-setting-inherit-named = Inherit again: { $name }
ui-progress = { $done } of { $total }

ui-unit-s = s
ui-unit-min = min
ui-unit-h = h
ui-unit-d = d
ui-now = just now
ui-ago = { $length } ago
ui-in = in { $length }
ui-month-1 = Jan
ui-month-2 = Feb
ui-month-3 = Mar
ui-month-4 = Apr
ui-month-5 = May
ui-month-6 = Jun
ui-month-7 = Jul
ui-month-8 = Aug
ui-month-9 = Sep
ui-month-10 = Oct
ui-month-11 = Nov
ui-month-12 = Dec
ui-day-1 = Mon
ui-day-2 = Tue
ui-day-3 = Wed
ui-day-4 = Thu
ui-day-5 = Fri
ui-day-6 = Sat
ui-day-7 = Sun

ui-error-home = Go to Home
ui-error-incident = Incident
ui-error-400-title = That could not be read
ui-error-400 = The request is not complete or not in the right form. Go back, check what was entered and send it again.
ui-error-401-title = Sign in first
ui-error-401 = You are not signed in, or your session has ended.
ui-error-right-title = Not for you
ui-error-right = This needs the right “{ $right }”, which you do not have. Ask an administrator if you should.
ui-error-403-title = Not from here
ui-error-403 = The request came from another site or without a sign of where it came from, so nothing was done. Open the page here and try again.
ui-error-404-title = There is nothing here
ui-error-404 = The page does not exist, or you may not see it. Check the address, or ask an administrator whether you should have access.
ui-error-409-title = Someone was here before you
ui-error-409 = What you wanted to change has changed since you opened it. Open it again to see how it is now.
ui-error-413-title = Too large
ui-error-413 = What was sent is larger than is allowed here. Send less at a time.
ui-error-415-title = Not read here
ui-error-415 = The form in which this was sent is not read here. Send it in one that is.
ui-error-429-title = Too much at once
ui-error-429 = Wait a minute and try again.
ui-error-500-title = Something broke
ui-error-500 = Nothing was changed. The cause has been written down; give the incident number to whoever runs Vaktbok.
ui-error-503-title = Not just now
ui-error-503 = What you asked for must leave an entry in the log, and the log cannot be written now. Nothing was changed. Try again in a minute.

ui-gallery = Gallery
ui-setting-why = Why?
ui-setting-why-named = Why has { $name } this value?
