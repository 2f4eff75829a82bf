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
