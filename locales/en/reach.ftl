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

reach-tab-rights = Rights
reach-tab-reach = Reach
reach-right = Right
reach-matrix = Who may what
reach-matrix-lead = What follows from the settings for each group. Single users may differ: open a right to see everybody who has it, and why.
reach-allowed-from = allowed ({ $level })
reach-user = User
reach-decided = Decided by
reach-holders = Who has this right
reach-holders-count = { $n ->
    [0] Nobody within your reach has this right
    [one] One user within your reach has this right
   *[other] { $n } users within your reach have this right
}
reach-holders-cut = Only the first { $n } users of a group are looked at. A program that reads the users one by one sees them all.
reach-holders-none = Nobody
reach-holders-none-text = Rights are closed until somebody gives them, to a group or to a user.
reach-definitions = Definitions of reach
reach-lead = Reach decides whose users, calls and log entries somebody sees. Define it once, then give it to groups or users.
reach-name = Name
reach-kind = Kind
reach-holds = Holds
reach-given-to = Given to
reach-given-here = Given here
reach-closed = Without any reach one sees only oneself.
reach-everything = Everything
reach-everything-box = Everything, also what is still to come
reach-nothing = Nothing any more
reach-queue = queue { $name }
reach-queues = Queues
reach-queues-help = Calls and chats of these queues, and the log entries about them.
reach-groups = Groups
reach-groups-help = Users of these groups, and what belongs to them.
reach-new = New reach
reach-change = Change
reach-remove = Remove this reach
reach-none = No reach is defined yet
reach-none-text = A definition names everything, or some groups. Supervisors usually get one for their own groups.
reach-nobody = Given to nobody yet
reach-nobody-text = Give it on the page of a group or a user, under Reach.
reach-none-here = Nothing is given here
reach-none-here-text = Give a reach below, so that more is seen than oneself.
reach-give = Give a reach
reach-take = Take away: { $name }
reach-of = Reach of { $name }
reach-through-group = Through the group
reach-nothing-through = The group gives no reach.
reach-choose-something = Choose everything, or at least one group or queue.
reach-too-many = Choose at most { $most } groups and queues.
reach-done-defined = The reach is defined. It is given to nobody yet.
reach-done-changed = The reach is changed, and holds at once.
reach-done-removed = The reach is removed.
reach-done-given = The reach is given, and holds at once.
reach-done-taken = The reach is taken away, and gone at once.
reach-no-such-queue = There is no such queue any more. Choose among those shown.
reach-choose = Choose a reach
