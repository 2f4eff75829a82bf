setting-logs-access = Read the access log
setting-logs-access-help = Who signed in or tried to, from where; within one's reach.
setting-logs-changes = Read the change log
setting-logs-changes-help = Every change, each field before and after; within one's reach.
setting-logs-archive = Read the archive log
setting-logs-archive-help = Who opened, played or downloaded what, and why; within one's reach.

undo-unknown = The program that made this change is not this one, so it cannot be undone here. Change it back by hand.
undo-unreadable = The entry no longer says what it was before, so it cannot be undone. Change it back by hand.

# What each event is called in the logs.
event-door-refused = Refused for lack of a right
event-session-ended = Session ended
event-session-ended-by-other = Session ended by somebody else
event-session-renewed = Session renewed after a change of rights
event-session-signed-out = Signed out
event-sign-in-accepted = Signed in
event-sign-in-refused = Sign-in refused
event-archive-searched = Archive searched
event-content-damaged = Content found damaged
event-content-downloaded = Content downloaded
event-content-opened = Content opened
event-content-played = Content played
event-interaction-opened = Interaction opened
event-archive-key-made = Key of the archive made
event-aside-decided = Set-aside file decided about
event-aside-opened = Set-aside file opened
event-file-set-aside = File set aside at import
event-group-created = Group created
event-group-deleted = Group deleted
event-group-renamed = Group renamed
event-interaction-imported = Interaction imported
event-key-ended = API key ended
event-key-made = API key made
event-password-link-made = Password link made
event-password-given = Password given by the machine
event-user-look-chosen = Language or theme chosen
event-password-link-voided = Made password links void
event-password-changed = Password changed
event-password-set-by-link = Password set by a link
event-tenant-added = Customer added
event-tenant-set-up = Customer set up
event-user-created = User created
event-user-creation-undone = Creation of a user undone
event-user-deactivated = User deactivated
event-user-edited = User edited
event-user-moved = User moved to another group
event-user-new-password-forced = New password forced
event-user-reactivated = User reactivated
event-user-resumed = User's suspension ended
event-user-standing-restored = User's state restored
event-user-started = First user started
event-user-suspended = User suspended
setting-logs-export = Take logs out as files
setting-logs-export-help = As CSV or JSON Lines, of those logs that one may read, within one's reach. Each time is an entry.
setting-book-read = Read the whole book
setting-book-read-help = Heads, proofs, export and verification of every entry, past every reach. For auditors.
setting-book-rotate = Hand the book's key over
setting-book-rotate-help = Makes a new key that signs the heads; the old one signs the new one.

event-log-read = Log read
event-log-exported = Log taken out as a file
event-book-key-made = Key that signs the book made
event-book-key-rotated = Key that signs the book handed over
undo-never-book-key = A key that has signed cannot be unmade; what it signed would no longer be provable.
book-key-again = A newer head was signed meanwhile. Hand the key over again.
book-rolled-back = The book is smaller or another than what was signed here ({ $kept } entries signed, { $now } now). It is not signed until somebody has looked: see { $file }.
book-head-not-signed = The newest head of a book could not be signed
book-erased-meanwhile = Words were erased while the export was made. Ask for it again.

logs-access-title = Access log
logs-changes-title = Change log
logs-archive-title = Archive log
logs-export = Export
logs-undone = The change was undone, by an entry of its own.
logs-strip = Entries over time; choose a bar to see its time
logs-bar = { $at }: { $all } entries, { $bad } refused
logs-search-hint = Any part of a name, address, value or reason; * for anything
logs-list = Show
logs-list-all = What happened
logs-list-readings = Who read the logs
logs-empty = No entry fits
logs-empty-text = What happens within your reach appears here by itself. Take a filter away or choose a longer time to see more.
logs-cut = The newest entries were searched through for this page, and there are more. Older ones may fit too: go on with “Older”.
logs-words-behind = { $n } new entries are not in the index yet. They are read one by one, so a page may end earlier than usual.
logs-count = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
 }
logs-count-newest = The newest { $n }
logs-too-many-filters = At most { $most } filters at once. Take one away.
logs-visitor = Somebody not signed in
logs-machine = The program ({ $name })
logs-erased = Erased
logs-erased-why = The words of this entry have been erased, by an entry of the book; that it happened stays provable.
logs-stepped-back = The clock was set back before this entry; the order is by number.
logs-chosen-one = the chosen one

logs-part-fields = Before and after
logs-part-said = Details
logs-part-whence = From where
logs-part-book = In the book
logs-part-undo = Undo
logs-undo-lead = Sets the fields back to what they were, if nobody has changed them since.
logs-undo-lacks = You lack the right to change this back.
logs-undo-refused = Not undone
logs-undo-gone = What was changed is no longer there, or not for you to see.
logs-undo-since = What changed since
logs-undo-back = Back
logs-lasting-title = Changes that cannot be undone
logs-lasting-lead = Every other change can be undone from its entry, as long as nobody has changed the same thing since.
logs-lasting-why = Why not

logs-col-at = Time
logs-col-event = What
logs-col-result = Result
logs-col-who = Who
logs-col-typed = Name as typed
logs-col-behalf = On behalf of
logs-col-subject = Of whom or what
logs-col-change = Change
logs-col-way = By
logs-col-address = Address
logs-col-country = Country
logs-col-network = Network
logs-col-browser = Browser
logs-col-system = System
logs-col-method = Method
logs-col-reason = Reason
logs-col-seconds = Delivered
logs-col-stated = Heard, as the player says
logs-col-clock = Clock
logs-col-erased = Erased
logs-col-session = Session
logs-col-request = Request
logs-col-index = Number
logs-col-name = Event

logs-facet-name = What
logs-facet-result = Result
logs-facet-typed = Name as typed
logs-facet-user = User
logs-facet-actor = Who
logs-facet-subject = Of whom or what
logs-facet-group = Group
logs-facet-queue = Queue
logs-facet-method = Method
logs-facet-reason = Reason
logs-facet-way = By
logs-facet-address = Address
logs-facet-country = Country
logs-facet-network = Network
logs-facet-browser = Browser
logs-facet-system = System
logs-facet-since = From
logs-facet-until = To

logs-word-result-accepted = accepted
logs-word-result-refused = refused
logs-word-result-ended = ended
logs-word-result-exported = exported
logs-word-result-resumed = resumed
logs-word-way-web = portal
logs-word-way-api = API
logs-word-way-command = command
logs-word-way-job = the program
logs-word-method-password = password
logs-word-method-key = API key
logs-word-method-link = link
logs-word-subject-user = User
logs-word-subject-group = Group
logs-word-subject-tenant = The customer
logs-word-subject-interaction = Interaction
logs-word-subject-setting = Setting
logs-word-subject-key = API key
logs-word-subject-session = Session
logs-word-log-access = Access log
logs-word-log-change = Change log
logs-word-log-archive = Archive log

event-book-exported = Book taken out
event-book-extracted = Entry of the book taken out
event-book-resumed = Book could be written again
event-book-checked = Book checked
logs-export-title = Take out the log
logs-export-all = The whole log within your reach. Choose filters on the log's page first to take out less.
logs-export-filtered = What the filters on the log's page let through, within your reach.
logs-export-format = As
logs-export-csv = CSV, for spreadsheets
logs-export-csv-help = One line for each entry; what could be taken for a formula is made harmless.
logs-export-jsonl = JSON Lines, for programs
logs-export-jsonl-help = One object for each entry, with everything that changed.
logs-export-fetch = Fetch the file
logs-export-ready = The file is ready. It is kept for { $hours } hours, encrypted, and each time you fetch it is written down.
logs-export-leave = It is written down that you take the log out. You can leave this page: the file is made all the same, and stands in the list of your files.
logs-export-waiting = Waiting for its turn
logs-export-going = { $n } entries written; { $left }
logs-export-entries = { $n ->
    [one] { $n } entry written
   *[other] { $n } entries written
}
logs-export-left-seconds = { $n ->
    [one] about one second left
   *[other] about { $n } seconds left
}
logs-export-left-minutes = { $n ->
    [one] about one minute left
   *[other] about { $n } minutes left
}
logs-export-left-unknown = how long it will take is not known yet
logs-export-stopped = Stopped. What was made of it is thrown away.
logs-export-failed = It could not be made. Order it again; if it fails again, tell whoever runs the server.
logs-export-no-right = It was not made, because you may not take this log out any more.
logs-export-reach = What you may see has changed since the file was ordered. Order it again.
logs-export-over = This file was stopped or could not be made. Order it again.
logs-export-not-yet = This file is not ready yet. Fetch it when it is.
logs-export-gone = The file was thrown away: it is kept for { $hours } hours. Order it again.
logs-export-long = The filters are longer than the { $most } characters that a file is ordered with. Take some away.
logs-export-too-many = You have { $most } files waiting or being made. Wait for one, or stop one, and order again.
logs-export-kb = { $n } kB
logs-export-mb = { $n } MB
logs-export-col-made = Ordered
logs-export-col-log = Log
logs-export-col-state = State
logs-export-col-entries = Entries
logs-export-col-size = Size
logs-export-col-until = Kept until
logs-export-state-waiting = waiting
logs-export-state-going = being made
logs-export-state-done = ready
logs-export-state-expired = thrown away
logs-export-state-stopped = stopped
logs-export-state-failed = not made
logs-exports = My files
logs-exports-lead = Logs that you took out as files. A finished file is kept for { $hours } hours.
logs-exports-empty = No files
logs-exports-empty-text = Choose Export on the page of a log. What you take out stands here until it is thrown away.
event-log-fetched = File of a log fetched

event-part-erased = Words erased when their time was over
undo-never-erased = What has been erased is destroyed; nobody can bring it back.
setting-logs-access_months = How long the access log keeps its words
setting-logs-access_months-help = After this the words of an entry are erased. That it happened, and when, stays provable.
setting-logs-change_months = How long the change log keeps its words
setting-logs-change_months-help = After this the words of an entry are erased, and the change can no longer be undone.
setting-logs-archive_months = How long the archive log keeps its words
setting-logs-archive_months-help = After this the words of an entry are erased. That it happened, and when, stays provable.
event-users-import-begun = Import of users begun
event-users-import-stopped = Import of users stopped
logs-live-full = So many pages are open that new entries do not come in here by themselves. The page works as always; reload it to see what is new.
logs-live-full-session = You have { $most } pages open that new entries come in to, and this is one more. Reload it to see what is new, or close one of the others.
logs-live-more = { $n ->
    [one] { $n } more new entry: show
   *[other] { $n } more new entries: show
}
logs-live-more-unknown = There are more new entries: show

logs-facet-behalf = On behalf of
logs-facet-client = Client type
logs-facet-door = Door
logs-facet-kind = Kind of object
logs-facet-right = Right
logs-facet-setting = Setting
logs-facet-level = Level
logs-facet-request = Request
logs-facet-medium = Kind of conversation
logs-facet-agent = Agent

logs-word-client-user = person
logs-word-client-key = API key
logs-word-client-machine = the program
logs-word-client-visitor = not signed in
logs-word-level-system = system
logs-word-level-tenant = the customer
logs-word-level-group = group
logs-word-level-user = user
logs-word-medium-call = call
logs-word-medium-chat = chat
logs-word-medium-email = mail
logs-any = Any
logs-find = Find by name
logs-find-help = Any part of a name, user name or address; within your reach.
logs-find-nobody = Nobody within your reach fits. Try a shorter part of the name.
