# Coming in: passwords, links, sessions, keys.

sign-in-title = Sign in
sign-in-number = Customer number
sign-in-name = User name or mail address
sign-in-password = Password
sign-in-help = Forgotten your password? An administrator of your organisation can give you a link that sets a new one.
sign-in-refused = You could not be signed in. Check the customer number, the name and the password. If they are right, ask an administrator whether your account is active.
sign-in-wait = { $seconds ->
    [one] Too many failed attempts in a row. Wait one second and try again.
   *[other] Too many failed attempts in a row. Wait { $seconds } seconds and try again.
}
sign-in-busy = Many people are signing in at this moment. Try again in a few seconds.
sign-in-changed-meanwhile = The account was changed at the same moment. Try again.
sign-in-done-password = Your password is set. Sign in with it.
sign-in-done-signed-out = You are signed out.

password-first-title = Choose a password
password-reset-title = Choose a new password
password-change-title = Change password
password-link-intro = For the user name { $name }. The link works once. When the password is set, every session that is open ends.
password-link-gone = This link has been used or is too old. Ask an administrator for a new one.
password-change-intro = All your other sessions end when the password is changed.
password-change-first = Before anything else opens, choose a password that only you know.
password-current = Current password
password-new = New password
password-again = New password again
password-help = { $least } to { $most } characters of any kind, spaces too. A few words in a row are easy to remember.
password-too-short = Choose at least { $least } characters.
password-too-long = Choose at most { $most } characters.
password-is-a-name = Choose something that is not mostly your own name, your organisation’s or the product’s.
password-differs = The two are not alike. Type the new password again.
password-wrong = This is not your current password.
password-same = Choose a password other than the current one.
password-changed-meanwhile = The password was changed by somebody else at the same moment. If that was not you, tell an administrator at once.

link-not-for-services = A service user has no password. Make a key for it instead.
link-not-for-inactive = This user is not active. Activate the user first.
link-not-for-oneself = You change your own password with the current one, on your own page. If you have forgotten it, somebody else makes the link.

key-needs-service = Keys belong to active service users. Choose one.
key-needs-owner = A key needs an active person who answers for it.
key-right-not-held = The right { $right } cannot be given: the owner of the key lacks it.

setting-sign_in-reset = Hand out password links
setting-sign_in-reset-help = May give another user a link that sets a new password, if that user holds no right that one lacks oneself.
setting-sign_in-sessions = End sessions of others
setting-sign_in-sessions-help = May see where another user is signed in, and end those sessions.
setting-keys-manage = Manage keys
setting-keys-manage-help = May make and end the keys by which programs use the API.
setting-password-least_characters = Shortest password
setting-password-least_characters-help = The fewest characters of a new password. Long passwords are better than odd ones.

link-used-already = The link has been used or is too old: there is nothing left to take back.
undo-never-password = A password is kept as a hash alone, so the one before cannot be brought back. Hand out a link that sets a new one.
undo-never-key = An ended key is gone; nobody kept it. Make a new one.

me-title = My page
me-look = Language and look
me-look-save = Save
me-language = Language
me-language-tenant = As the organisation
me-language-sv = Svenska
me-language-en = English
me-theme = Theme
me-theme-system = As the computer
me-theme-light = Light
me-theme-dark = Dark
me-sessions = Sessions
me-sessions-of = Sessions of { $name }
me-sessions-none = No session is open.
me-sessions-end-every = End all of them
me-sessions-end-all = End all others
me-session-client = Browser
me-session-place = From
me-session-began = Began
me-session-seen = Last used
me-session-end = End
me-session-here = This one
me-done-password = Your password is changed. Your other sessions have ended.
me-done-ended = Ended.
me-done-look = Saved.
me-link-title = Password link
me-link-lead = The user sets a new password by the link. It works once, for 30 minutes; links made before stop working.
me-link-make = Make a link
me-link-made = Hand this link to the user
me-link-help = It works once, for { $minutes } minutes, and is shown this once only. Hand it over in a way you trust.
undo-never-look = Only the user chooses how the pages look to them.

me-tried = Own sign-ins
me-tried-lead = Who came in with your name, or tried to, and from where. If one is not yours, end your other sessions, change your password and tell an administrator.
me-tried-none = Nobody has tried yet
me-tried-none-text = Each attempt to sign in with your name appears here, good or bad.
me-tried-at = Time
me-tried-result = Result
me-tried-method = Method
event-link-used = Password link used
event-link-refused = Password link refused
event-link-expired = Password link not used
event-password-refused = Change of password refused
event-session-expired = Session over
logs-word-reason-unknown-tenant = no such customer number
logs-word-reason-tenant-suspended = customer suspended
logs-word-reason-unknown-user = no such user
logs-word-reason-no-password = no password set
logs-word-reason-wrong-password = wrong password
logs-word-reason-deactivated = user has left
logs-word-reason-suspended = user suspended
logs-word-reason-waiting = too many failures in a row
logs-word-reason-busy = too many sign-ins at once
logs-word-reason-link-over = link too old, or its user not active
logs-word-reason-link-unknown = link used, void or made up
logs-word-reason-user-out = user suspended or gone
logs-word-reason-lasted-too-long = lasted too long
logs-word-reason-idle-too-long = idle too long
logs-word-member-last_used = Last used
logs-word-member-until = Good until

setting-sign_in-end_all = End all sessions of the customer
setting-sign_in-end_all-help = May end every session at once, past every reach: for the day on which nobody knows who is inside.
end-all = Everybody out
end-all-lead = For the day on which nobody knows who is inside. Whoever is to come in again signs in again.
end-all-title = { $sessions ->
    [one] One session
   *[other] { $sessions } sessions
} of { $people ->
    [one] one person end
   *[other] { $people } people end
}
end-all-means = Everybody is out with the next page, on every node. What was typed and not saved is lost.
end-all-keys = Keys of programs go on working. Passwords stay as they are: whoever knows one comes in again.
end-all-keep = Keep the session I am in
end-all-do = End all sessions
end-all-done = { $n ->
    [one] One session has ended.
   *[other] { $n } sessions have ended.
}
event-session-all-ended = All sessions of the customer ended
users-sessions-and-link = Sessions and password link
import-key-narrow = An import goes on in the service user’s name, so the key that begins it must hold every right of that user. It lacks { $right }.
link-listed-already = The link stands in another list already.
