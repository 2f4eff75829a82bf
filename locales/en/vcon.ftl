# What may be wrong with a vCon file. $at is the place in it, such as dialog[2].start.
vcon-not-json = This is not a vCon file: line { $line }, character { $column } is not valid JSON. Export it again from the system it came from.
vcon-file-too-large = The file is larger than { $limit } MB. Keep the recording in a file of its own beside the vCon.
vcon-too-deep = The file has lists and objects nested deeper than { $limit } levels.
vcon-too-many-values = The file has more than { $limit } values. Divide it into several interactions.
vcon-signed-or-encrypted = The vCon is signed or encrypted as a whole. Open it first and import the vCon inside.
vcon-absent = { $at } is missing.
vcon-wrong-kind = { $at } should be { $expected ->
    [text] a text
    [number] a number
    [position] the position of a party: 0, 1, 2 …
    [list] a list
   *[object] an object
  }.
vcon-too-many = { $at ->
    [dialog] There are more than { $limit } dialogs.
   *[other] { $at } has more than { $limit } items.
  }
vcon-too-long = { $at } is longer than { $limit } characters.
vcon-not-an-id = { $at } is not a UUID, so the interaction could not be recognised again.
vcon-not-a-time = { $at } is not a time such as 2026-03-06T15:30:00+01:00.
vcon-time-out-of-range = { $at } is before 1970 or after 2099.
vcon-no-time = The file does not say when the interaction took place.
vcon-duration-out-of-range = { $at } is negative or longer than a week.
vcon-no-such-party = { $at } names a party that is not in the list of parties.
vcon-unsafe-file-name = { $at } has to be the bare name of a file beside the vCon, without folders.
vcon-not-decodable = { $at } cannot be decoded: it is neither base64 nor base64url, or not text where text is expected.
vcon-unknown-encoding = { $at } is in an encoding that is not known.
