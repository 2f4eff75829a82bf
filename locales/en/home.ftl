# Home: is anything wrong, since when, what shall I do.
home-well = Nothing needs you now
home-wrong = { $n ->
    [one] One thing needs you
   *[other] { $n } things need you
}
home-now = As of { $now }
home-since = The first since { $at } · as of { $now }
home-lines = What there is to know
home-word-bad = Act now
home-word-warn = Look
home-word-note = Note
home-word-ok = Well

home-book-unwritable = The book cannot be written. Until it can, nothing changes, nothing opens and nobody signs in.
home-book-not-whole = The last check of the book did not find it whole, or did not come to its end.
home-book-unsigned = The newest entries of the book have not been signed.
home-book-signed = { $n ->
    [one] The book is signed: one entry.
   *[other] The book is signed: { $n } entries.
}
home-forgets-access = The first words of the access log are erased when their time is over.
home-forgets-change = The first words of the change log are erased when their time is over.
home-forgets-archive = The first words of the archive log are erased when their time is over.
home-search-behind = Search in the logs has not come to the newest { $n } entries yet. What is shown is right, only slower.
home-part-unwell = The part “{ $part }” is not well: { $reason }.
home-refused = { $n ->
    [0] No sign-in was refused today.
    [one] One sign-in was refused today.
   *[other] { $n } sign-ins were refused today.
}
home-refused-compared = { $n ->
    [0] No sign-in was refused today
    [one] One sign-in was refused today
   *[other] { $n } sign-ins were refused today
}; an ordinary { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
} has { $usual } by now.
home-doors = { $n ->
    [one] Somebody was refused a page today for want of the right.
   *[other] { $n } times today somebody was refused a page for want of the right.
}
home-unseen = { $n ->
    [one] One of the people added in the last 30 days has never signed in.
   *[other] { $n } of the people added in the last 30 days have never signed in.
}
home-links-over = { $n ->
    [one] A link for a password ran out unused. Whoever it was for cannot come in.
   *[other] { $n } links for a password ran out unused. Those they were for cannot come in.
}
home-links-open = { $n ->
    [one] A link for a password waits to be used, until
   *[other] { $n } links for a password wait to be used, the first until
}
home-ending = { $n ->
    [one] The suspension of { $name } ends
   *[other] { $n } suspensions end within 7 days, first that of { $name }
}
home-expiring = { $n ->
    [one] A program’s key stops working within 14 days:
   *[other] { $n } programs’ keys stop working within 14 days, the first
}
home-aside = { $n ->
    [one] One file was set aside in the last 7 days instead of archived.
   *[other] { $n } files were set aside in the last 7 days instead of archived.
}
home-own-refused = { $n ->
    [one] One sign-in in your name was refused in the last 7 days.
   *[other] { $n } sign-ins in your name were refused in the last 7 days.
}
home-work-users = Import of users
home-work-archive = Import of interactions
home-work-export = Export of a log
home-work-check = Check of the book
home-work-going = { $what } goes on: { $done } of { $total }.
home-work-waiting = { $what } waits for its turn.
home-work-stopped = { $what } was stopped at { $done } of { $total }.
home-work-failed = { $what } did not come to its end.

home-step-book = The book
home-step-check = Check it
home-step-setting = How long
home-step-ready = All parts
home-step-refused = Who and why
home-step-entries = See the entries
home-step-users = See who
home-step-keys = See the keys
home-step-user = See the user
home-step-work = See the progress
home-step-aside = See why
home-step-me = Your sessions

home-sign-ins = Sign-ins
home-strip = Sign-ins by day
home-bar = { $day }: { $all } sign-ins, { $bad } refused
home-week-lead = Day by day for four weeks, refused ones in red. Below, the same weeks by weekday and hour; working hours are outlined.
home-week = Sign-ins by weekday and hour, four weeks
home-week-refused = Refused sign-ins by weekday and hour, four weeks
home-week-choose = Which sign-ins
home-show-all = All
home-show-refused = Refused
home-own = You
home-own-since = Signed in
home-own-from = From
home-own-others = Other sessions
home-own-others-n = { $n ->
    [0] none
    [one] one
   *[other] { $n }
}
home-own-refusals = Refused in your name
home-own-refusals-none = none in 7 days
home-interactions = Your latest interactions
home-tenants = Customers
home-tenant = Customer
home-tenant-number = Number
home-tenant-entries = Entries
home-tenant-last = Newest entry

home-first = First steps
home-first-lead = The centre is empty. In this order everything has its place.
home-first-done = done
home-first-group = A group for those who talk with customers; its settings and rights hold for all of them
home-first-group-do = Make a group
home-first-user = The people in it, one by one or from a file
home-first-user-do = Add a user
home-first-interaction = Their finished calls and chats, as vCon files
home-first-interaction-do = Import interactions

setting-hours-begin = Work begins
setting-hours-begin-help = Where ordinary work begins: outlined in the picture of sign-ins, so that what happens outside it is seen.
setting-hours-end = Work ends
setting-hours-end-help = Where ordinary work is over.
setting-hours-weekends = Work at weekends
setting-hours-weekends-help = Whether Saturdays and Sundays are working days as well.
settings-area-hours = Working hours
settings-unit-clock = { $n } o’clock
home-own-group = Your group
home-own-may = You may
home-own-may-nothing = Nothing beyond this page and your own. Whoever administers users can give you more.
home-own-may-n = { $n } different things
home-tried-all = All of them
