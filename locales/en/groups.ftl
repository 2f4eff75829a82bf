# User groups: what settings and refusals of this domain say.

setting-groups-manage = Manage groups
setting-groups-manage-help = Make, rename and delete user groups.

groups-renamed-meanwhile = Somebody else has renamed this group meanwhile. Load the page again and look at it.
groups-not-empty = There are users in this group. Move them first.
groups-name-taken = Another group has this name already. Choose another.

groups-title = Groups
groups-new = New group
groups-create = Make the group
groups-name = Name
groups-kind = Kind
groups-users = Users
groups-none = No groups yet
groups-none-text = The groups within your reach will stand here.
groups-about = About the group
# $n: a number
groups-show-users = { $n ->
    [one] Show the user
   *[other] Show { $n } users
}
groups-may-do = What may its users do?
groups-no-rights = No rights: its users see only their own pages.
# $n: a number
groups-rights-held = { $n ->
    [one] One right.
   *[other] { $n } rights.
}
groups-allowed = allowed
groups-rename = Rename
groups-delete = Delete the group
# $name: a group's name
groups-delete-this = Delete { $name }
groups-delete-means = The group is empty. Its settings and its reach go with it.
groups-reach-everything = Everything
groups-kind-administrators = Administrators
groups-kind-administrators-help = Start with every right and everything within reach, and are signed out after 15 idle minutes.
groups-kind-agents = Agents
groups-kind-agents-help = Start without rights: they see their own page.
groups-kind-wallboards = Wallboards
groups-kind-wallboards-help = Screens. Start without rights.
groups-kind-services = Services
groups-kind-services-help = Programs that use the API. Start without rights.
groups-done-created = The group has been made.
groups-done-renamed = Renamed.
groups-done-deleted = The group has been deleted.
groups-has-reach = This group has a reach of its own, or stands in one. Take it out there first.
groups-has-profiles = This group has { $n ->
    [one] a profile
   *[other] { $n } profiles
}. Delete them first, under Profiles.
groups-done-created-beyond = The group is made. It is not within your reach yet: ask an administrator to give it to you under Access, Reach.
