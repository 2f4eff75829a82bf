# Names and explanations of settings and rights: `setting-KEY` and `setting-KEY-help`, dots as dashes.

setting-session-idle_minutes = Session ends after idling
setting-session-idle_minutes-help = Counted from the last request. Whoever comes back later signs in again.
setting-session-absolute_hours = Session ends at the latest
setting-session-absolute_hours-help = Counted from the sign-in, however busy the session is.

setting-settings-view = See settings and rights
setting-settings-view-help = See every setting and right, where its value comes from, and why somebody has it.
setting-settings-manage = Change settings and rights
setting-settings-manage-help = Give and take settings and rights within reach. Nobody gives a right that they lack.

settings-area-access = Access
settings-area-api = Programs
settings-area-archive = Archive
settings-area-book = The book
settings-area-logs = Logs
settings-area-profiles = Profiles and queues
settings-area-settings = Settings
settings-area-sign-in = Sign-in and sessions
settings-area-tenants = Customers
settings-area-users = Users and groups

settings-unit-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
settings-unit-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
settings-unit-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
settings-unit-seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
settings-unit-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
settings-unit-characters = { $n ->
    [one] { $n } character
   *[other] { $n } characters
}
settings-unit-times = { $n ->
    [one] { $n } time
   *[other] { $n } times
}
settings-allowed = allowed
settings-denied = denied
settings-yes = yes
settings-no = no
settings-empty-text = nothing

settings-not-so-low = This cannot be given so far down: { $level ->
    [system] only the operator sets it
    [tenant] it is set for all at once
   *[other] it is set for whole groups
}.
settings-no-rights-for-all = Rights are given within a customer's own centre, never from above.
settings-nothing-below = Nobody stands below a user, so there is nobody to bind.
settings-out-of-range = Choose { $least } to { $most }.
settings-not-a-choice = Choose one of the values offered.
settings-fixed-above = { $level ->
    [system] The operator has fixed this for everybody, so it cannot be changed here.
    [tenant] This is fixed for the whole centre. Change it there, or let lower levels change it.
    [group] This is fixed for the group. Change it there, or let single users differ.
   *[other] This is fixed in the product and cannot be changed here.
}
settings-only-tighter = { $level ->
    [system] The operator lets this be set tighter only, never looser.
    [tenant] For the whole centre it is set that this may only be tightened. Choose a tighter value, or change it there.
    [group] For the group it is set that this may only be tightened. Choose a tighter value, or change it there.
   *[other] This may only be set tighter than its default, never looser.
}
settings-changed-meanwhile = Somebody else has changed this meanwhile. Look at it again before you decide.
settings-needs-everything = What holds for the whole centre is changed by somebody whose reach is everything. Ask such a person.
settings-not-your-own-rights = This would give yourself a right that you do not have. Ask somebody who has it.
# $right: the key of a right
settings-beyond-your-rights = This would give a right that you do not have yourself ({ $right }). Ask somebody who has it.
settings-last-administrator = Nobody would remain who can sign in, manage users and give rights. Give another administrator these rights first.

event-setting-given = Setting changed
event-setting-cleared = Setting inherited again

settings-source-default = Preset in the product
settings-source-system = Set by the operator
settings-source-tenant = Set for the whole centre
settings-source-group = Set for the group { $name }
settings-source-user = Set for { $name } alone
settings-level-product = Product
settings-level-system = Operator
settings-level-tenant = Centre
settings-level-group = Group
settings-level-user = User
settings-operator = The operator
settings-mode = Lower levels
settings-mode-free = Lower levels may differ
settings-mode-tighten = Lower levels may only tighten it
settings-mode-fixed = Fixed for all lower levels
settings-fate-decides = this decides
settings-fate-overridden = a nearer level says otherwise
settings-fate-forbidden = does not count: a level above is fixed
settings-fate-too-loose = does not count: a level above may only be tightened
settings-fate-unfit = does not count: outside the range
settings-range = { $least } to { $most }.
settings-of = Settings of { $name }
settings-of-system = Settings for all customers
settings-area = Part
settings-shown = Show
settings-own-only = only what is set here
settings-search = Search name and explanation
settings-none = No setting fits
settings-none-text = Take a filter away, or search for another word.
settings-done-given = Saved.
settings-done-cleared = Inherited again.
settings-now = Now
settings-new-value = New value
settings-look = See what this changes
settings-save = Save
settings-preview = If you save this
settings-preview-gain = { $n ->
    [one] One user gains: { $right }
   *[other] { $n } users gain: { $right }
}
settings-preview-lose = { $n ->
    [one] One user loses: { $right }
   *[other] { $n } users lose: { $right }
}
settings-preview-changes = { $n ->
    [one] One user: { $before } becomes { $after }
   *[other] { $n } users: { $before } becomes { $after }
}
settings-preview-nobody = It changes nothing for anybody now.
settings-preview-everywhere = It holds for every customer that has set nothing else; those are not counted here.
settings-preview-more = … and { $n } more in { $group }
settings-why = Why: { $name }
settings-why-sentence = { $user } has “{ $value }”. { $source }.
settings-why-link = { $value } – { $fate }
settings-one-place = Name a group or a user, not both.
event-rights-arrived = Rights of a newer program arrived
undo-never-rights-arrived = These rights came with a newer program. Take them from the group in its settings, one by one.
rights-not-new = The group has been asked about these rights already.
settings-lowest-system = Set by the operator.
settings-lowest-tenant = Set for the whole centre.
settings-lowest-group = Set for the centre or a group.
settings-lowest-user = Set for the centre, a group or a user.
