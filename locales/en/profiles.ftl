# Skills, queues, profiles, and the customer's own words.

setting-profiles-view = See profiles
setting-profiles-view-help = See skills, queues, profiles, pause reasons and enquiries.
setting-profiles-manage = Manage profiles
setting-profiles-manage-help = Change skills, queues, profiles, pause reasons and enquiries.

event-word-added = Word added
event-word-renamed = Word renamed
event-word-removed = Word removed
event-queue-created = Queue created
event-queue-edited = Queue edited
event-queue-deleted = Queue deleted
event-profile-created = Profile created
event-profile-edited = Profile edited
event-profile-deleted = Profile deleted

profiles-title = Profiles
profiles-queues = Queues
profiles-skills = Skills
profiles-pause-reasons = Pause reasons
profiles-categories = Enquiry categories
profiles-topics = Enquiry topics
profiles-words = Words
profiles-name = Name
profiles-kind = Kind
profiles-kind-group = Group profile
profiles-kind-user = Personal profile
profiles-kind-template = Template
profiles-holder = Belongs to
profiles-medium = Medium
profiles-medium-call = Call
profiles-medium-chat = Chat
profiles-medium-email = E-mail
profiles-medium-task = Task
profiles-medium-social = Social
profiles-skill = Skill
profiles-skill-help = Agents with this skill are offered what comes in the queue.
profiles-category = Category
profiles-new = New profile
profiles-queue-new = New queue
profiles-word-new = New word
profiles-add = Add
profiles-save = Save
profiles-copy = Make a profile from this
profiles-remove = Remove
# $name: what is removed
profiles-remove-this = Remove { $name }
profiles-remove-means = It can be put back from the change log.
profiles-levels-help = 1 is a beginner, 9 the best. Leave empty what the profile does not have.
profiles-none = Nothing here yet
profiles-none-text = What you add with the button above will stand here.
profiles-done-added = Added.
profiles-done-saved = Saved.
profiles-done-removed = Removed.

profiles-changed-meanwhile = Somebody else has changed this meanwhile. Load the page again and look at it.
profiles-name-taken = This name is taken here. Choose another.
profiles-no-such-category = There is no such category. Choose another.
profiles-no-such-skill = There is no such skill. Choose another.
profiles-no-such-holder = There is no such group or user within your reach. Choose another.
profiles-word-in-use = A queue, a profile or a topic is made of this. Change those first.
profiles-queue-in-reach = The queue stands in a reach. Take it out there first.
profiles-levels = Each skill once, with a level from 1 to 9.
