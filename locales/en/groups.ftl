# User groups: what settings and refusals of this domain say.

setting-groups-manage = Manage groups
setting-groups-manage-help = Make, rename and delete user groups.

groups-renamed-meanwhile = Somebody else has renamed this group meanwhile. Load the page again and look at it.
groups-not-empty = There are users in this group. Move them first.
groups-name-taken = Another group has this name already. Choose another.
