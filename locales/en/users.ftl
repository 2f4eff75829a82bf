# Users: what settings and refusals of this domain say.

setting-users-view = See users
setting-users-view-help = See the users and groups within reach: name, group, state, last sign-in.
setting-users-manage = Manage users
setting-users-manage-help = Make, edit, move, suspend and deactivate users within reach, and force a new password.
setting-users-import = Import users
setting-users-import-help = Bring users in, or update them, from a CSV file.
setting-users-export = Export users
setting-users-export-help = Take the users within reach out as a CSV file.

users-erased-already = This user has been erased; nothing of them can be changed.
# $right: the name of a right
users-beyond-your-rights = This would give a right that you do not have ({ $right }). Ask somebody who has it.
users-beyond-your-reach = This group sees more users or queues than you do. Ask somebody who reaches them.
users-reaches-more-than-you = This user reaches users or queues that you do not reach, so only somebody who reaches them can make the link.
# $right: the name of a right
users-may-do-more-than-you = This user has a right that you do not have ({ $right }), so only somebody who has it can change the user.
users-not-yourself = You cannot shut yourself out or let yourself in. Ask another administrator.
users-no-such-group = There is no such group within your reach. Choose another.
users-last-administrator = Nobody would remain who can sign in and manage users. Make another administrator first, and let them sign in.
users-taken = Another user has this already. Choose another.
# $field: the name of a field
users-edited-meanwhile = Somebody else has changed { $field } meanwhile. Load the page again and look at it.
users-moved-meanwhile = Somebody else has moved this user meanwhile. Load the page again and look at it.
users-changed-since = This has been changed since, so it cannot simply be taken back. Look at the later entries.
users-not-active = Only an active user can be suspended or deactivated.
users-not-suspended = This user is not suspended.
users-not-deactivated = This user is not deactivated.
users-until-before-from = The suspension must end after it begins, and in the future.
users-no-password-yet = This user has no password yet. Make a set-up link instead.
users-undo-came-in = This user has signed in since. Deactivate the user instead; that keeps the record.

users-user-name-form = A user name has no spaces.
users-mail-form = This is not a mail address: name@example.com.
users-mobile-form = A telephone number has digits, spaces and + - ( ) / only.
# $most: a number
users-number-form = A whole number from 0 to { $most }, digits only.
users-language-form = Choose sv or en, or leave it empty.
users-moment-form = Give a date and a time, such as 2026-11-23T14:05.
users-none-chosen = Tick at least one user in the list first.
# $most: a number
users-too-many-chosen = At most { $most } users at a time.

users-title = Users
users-new = New user
users-create = Make the user
users-save = Save
users-edit = Edit
users-move = Move
users-suspend = Suspend
users-resume = Let in again
users-deactivate = Deactivate
users-reactivate = Reactivate
users-force-password = Force new password
users-import = Import
users-export = Export
users-open = Open the user
users-open-group = Open the group
users-back-to-list = Back to the list

users-field-name = Name
users-field-user_name = User name
users-field-mail = Mail
users-field-mobile = Mobile
users-field-external_id = External id
users-field-number = Number
users-field-keywords = Keywords
users-field-language = Language
users-user-name-help = What is typed at sign-in. No two users have the same.
users-number-help = The number an agent logs on with. No two users have the same.
users-external-id-help = The key in another system, such as the payroll. No two users have the same.
users-keywords-help = Words to find the user by.
users-group = Group
users-group-help = The group decides what the user may do and see.
users-choose-group = Choose a group
users-kind = Type
users-kind-person = Person
users-kind-wallboard = Wallboard
users-kind-bot = Bot
users-kind-service = Service
users-state = State
users-made = Made
users-last-sign-in = Last sign-in
users-language-tenant = As the customer
users-language-sv = Swedish
users-language-en = English

users-search = Search name, user name, mail, number, keywords
users-none = No users yet
users-none-text = The users within your reach will stand here.
users-none-fit = No user fits
users-none-fit-text = Nobody within your reach has all of what you chose.
users-show-all = Show all users
users-seen-never = Never
users-seen-30 = Not in 30 days
users-seen-90 = Not in 90 days

users-standing-active = Active
users-standing-later = Active, to be suspended
users-standing-suspended = Suspended
users-standing-deactivated = Deactivated
users-standing-erased = Erased
users-may-sign-in = May sign in.
# $from, $until: moments
users-suspended-from-until = May sign in until { $from }, and is then suspended until { $until }.
users-suspended-from = May sign in until { $from }, and is then suspended until somebody lets them in.
users-suspended-until = Suspended until { $until }.
users-suspended-since = Suspended since { $from }, until somebody lets them in.
users-has-left = Deactivated: cannot sign in, and is kept for the record.
users-make-set-up-link = Make a set-up link
users-first-step-who = Whoever holds the right “{ $right }” can help.
users-by-key = A service user signs in with an API key, not with a password.
users-no-password = Cannot sign in yet: no password has been set. A set-up link lets the user choose one.
users-must-change = May sign in, but must choose a new password first.

users-can-sign-in = Can this user sign in?
users-sessions = Sessions now
users-keys = API keys
users-particulars = Particulars
users-may-do = What may this user do, and why?
users-no-rights = No rights: this user sees only their own page.
# $n: a number
users-rights-held = { $n ->
    [one] One right.
   *[other] { $n } rights.
}
users-from-default = By default
users-from-system = Set for all customers
users-from-tenant = Set for the whole customer
# $group: a name
users-from-group = Set for the group { $group }
users-from-user = Set for this user alone
users-has-done = What has this user done?
users-no-logs = You may not read the logs.
users-log-access = Sign-ins
users-log-changes = Changes made
users-log-archive = Archive
users-log-about = Changes of this user

# $name: a user's name
users-what-happens = What will happen to { $name }
# $n: a number
users-what-happens-to = { $n ->
    [one] What will happen to one user
   *[other] What will happen to { $n } users
}
users-suspend-means = Signed out at once, on every path. API keys stop working until the suspension is over.
users-resume-means = May sign in again.
users-deactivate-means = Signed out at once, on every path; API keys are taken away. The user is kept for the record.
users-reactivate-means = May sign in again. API keys must be made anew.
users-password-means = Signed out at once, and must choose a new password at the next sign-in.
users-suspend-from = From
users-suspend-from-help = Leave empty for now.
users-suspend-until = Until
users-suspend-until-help = Leave empty until somebody lets the user in again.
users-reason = Reason
users-reason-help = Stands in the change log.
users-move-to = Move to
# $group: a name
users-is-in = Is now in { $group }.
users-move-look = See what it would do
users-move-do = Move
users-move-choose = Choose a group to see who gains and loses what.
users-move-changes-nothing = No right and no setting changes.
# $n: a number
users-gains = { $n ->
    [one] Gains one right
   *[other] Gains { $n } rights
}
users-loses = { $n ->
    [one] Loses one right
   *[other] Loses { $n } rights
}
# $n: a number; $right: a right's name
users-gain-right = { $n ->
    [one] One user gains: { $right }
   *[other] { $n } users gain: { $right }
}
users-lose-right = { $n ->
    [one] One user loses: { $right }
   *[other] { $n } users lose: { $right }
}
# $setting: a name; $before, $after: values
users-setting-changes = { $setting }: { $before } → { $after }
users-keep = Own values to keep
users-keep-help = These stand for this user alone. What is not ticked is dropped, and the new group's value holds.
users-own-values-dropped = Values set for one user alone are dropped. Move the user alone to keep them.
# $n: a number
users-do-to = { $n ->
    [one] Do it to one user
   *[other] Do it to { $n } users
}
users-bulk-failed = Not done
# $done, $failed: numbers
users-bulk-result = Done for { $done }, refused for { $failed }:

# $n: a number
users-done-created = The user has been made.
users-done-edited = Saved.
users-done-moved = { $n ->
    [one] Moved.
   *[other] { $n } users moved.
}
users-done-suspended = { $n ->
    [one] Suspended.
   *[other] { $n } users suspended.
}
users-done-resumed = { $n ->
    [one] Let in again.
   *[other] { $n } users let in again.
}
users-done-deactivated = { $n ->
    [one] Deactivated.
   *[other] { $n } users deactivated.
}
users-done-reactivated = { $n ->
    [one] Reactivated.
   *[other] { $n } users reactivated.
}
users-done-password = { $n ->
    [one] A new password must be chosen at the next sign-in.
   *[other] { $n } users must choose a new password at the next sign-in.
}
undo-never-forced-password = A password is kept by nobody, and sessions that ended do not come back. Make a reset link instead.
undo-never-import-begun = Each user that the file made or edited has an entry of its own, and each of those can be undone.
users-comes-into-reach = Comes into reach
users-goes-out-of-reach = Goes out of reach
users-beyond-own-reach = { $n ->
    [one] one that you do not reach yourself
   *[other] { $n } that you do not reach yourself
}
