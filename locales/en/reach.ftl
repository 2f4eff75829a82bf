# Access: who may what, and whose rows somebody sees.

setting-access-view = See who may what
setting-access-view-help = See the rights of every group and user within reach, and who reaches whom.
setting-reach-manage = Give reach
setting-reach-manage-help = Define reach, and give it to groups and users – never beyond one's own.

reach-beyond-your-own = This reaches further than you do yourself. Ask somebody who reaches that far.
reach-changed-meanwhile = Somebody else has changed this reach meanwhile. Look at it again before you decide.
reach-still-given = This reach is still given to somebody. Take it from them first.
reach-no-such-group = One of the groups does not exist any more. Choose again.
reach-name-taken = There is a reach of that name already. Choose another name.
reach-given-already = This reach has been given already.
reach-not-given = This reach is not given here.
reach-last-everything = No administrator would reach everything any more. Give it to another first.

event-reach-defined = Reach defined
event-reach-changed = Reach changed
event-reach-removed = Reach removed
event-reach-given = Reach given
event-reach-taken = Reach taken
