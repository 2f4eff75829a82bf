# Users in and out by a file.

event-users-exported = Users exported

import-title = Import users
import-choose = Choose a file
import-columns = Comma- or semicolon-separated, UTF-8. Columns: name, user_name and group must be there; kind, mail, mobile, external_id, number, keywords and language may. A user whose external id or user name is known is updated.
import-file = File
# $most: a number
import-file-help = At most { $most } lines. An export can be changed and taken in again.
import-look = See what it would do

import-too-large = The file is larger than { $most } MB. Divide it.
import-spreadsheet = This is a spreadsheet, not a text file. Save it as CSV (UTF-8) and choose that file.
import-binary = This is not a text file. Save the list as CSV (UTF-8) and choose that file.
import-encoding = The text is not UTF-8. Save the list as CSV (UTF-8) and choose that file.
import-empty = The file is empty.
import-no-lines = The file has a head but no lines.
# $most: a number
import-too-many-lines = The file has more than { $most } lines. Divide it.
# $line: a number
import-unreadable = Line { $line } cannot be read. Look at its quotation marks.
import-unreadable-form = The upload broke off. Send the file again.
# $column: a name
import-column-twice = The column “{ $column }” comes twice. Remove one.
import-column-unknown = The column “{ $column }” is not known. Rename or remove it.
import-column-missing = The column “{ $column }” is missing in the first line.

import-cells = This line has more or fewer cells than the head.
import-kind = Write person, wallboard, bot or service.
# $line: a number
import-twice = Line { $line } has this already.
import-group-differs = The user is in another group. Move the user in the list of users.
import-kind-differs = The user is of another type, which cannot be changed.

import-what = What the file would do
import-lines = Lines
import-clean = Clean
import-faulty-lines = Faulty
import-all-clean = Every line is clean. Nothing has been imported yet.
import-not-clean = Nothing has been imported. Mend the file and choose it again, or set the faulty lines aside.
# $n: a number
import-do = { $n ->
    [one] Import one line
   *[other] Import { $n } lines
}
# $n, $aside: numbers
import-do-aside = Set { $aside } aside and import { $n }
import-again = Choose another file
import-line = Line
import-faults = Faulty lines
# $n: a number
import-faults-shown = { $n ->
    [one] One faulty line
   *[other] { $n } faulty lines
}
import-faulty = Some lines are faulty. Mend the file, or choose to set them aside.
import-under-way = This import is under way or over.
import-under-way-label = Importing
import-done = Done.
import-stopped = Stopped. What was done stays; it can go on where it stopped.
import-broke-off = Broke off. What was done stays; it can go on where it broke off.
import-go-on = Go on
import-result = What came of it
import-made = Made
import-edited = Updated
import-unchanged = As they were
import-aside = Set aside
import-refused = Refused
import-refused-why = Why they were refused
# $line: a number
import-at-line = Line { $line }
import-would-make = Would be made
import-would-edit = Would be updated
import-passed-over = Columns passed over
import-take-faulty = { $n ->
    [one] Take the faulty line as a file
   *[other] Take the { $n } faulty lines as a file
}
import-no-such-id = There is no user of this id. Empty the cell to make a new one.
import-above = This user may do more than you. Somebody who may do as much can change them.
import-links-title = { $n ->
    [one] One new user cannot come in yet
   *[other] { $n } new users cannot come in yet
}
import-links-not-yours = They need a link by which to choose a password. Whoever has the right “Hand out password links” makes it on each user’s page.
import-links-what = { $n ->
    [one] One link is made, by which the user chooses a password
   *[other] { $n } links are made, by which the users choose a password
}
import-links-once = Each works once, within { $minutes } minutes. The list is shown this once: print it or save it before you leave the page.
import-links-secret = Whoever has a link comes in as that user. Hand each to its user alone; each link stands in the change log.
import-links-print = Make the links, and show them
import-links-file = Make the links, as a CSV file
import-links-list = Links for new users
import-links-link = Link
import-links-lead = Each works once, within { $minutes } minutes. This list is shown this once and kept nowhere.
import-links-none = No links
import-links-none-text = Everybody the file made has a link or a password, or is beyond what you may hand links to. A new link is made on the user’s page.
import-links-made = { $n ->
    [one] One link
   *[other] { $n } links
}
