# Why an interaction was set aside instead of archived.
quarantine-media-missing = The recording { $name } is not beside the file. Import both together.
quarantine-media-nowhere = The file does not say where its recording is.
quarantine-media-elsewhere = The recording is only at { $url }, and nothing is fetched from elsewhere. Download it and import it together with the file.
quarantine-media-unreadable = The recording could not be read to its end.
quarantine-hash-differs = The recording is not the one the file speaks of: its hash differs. It may have been altered, converted or mixed up.
quarantine-hash-unknown = The file states a hash of a kind that cannot be checked here; SHA-256 and SHA-512 can.
quarantine-hash-malformed = The file states a hash that is not one: it is too long, too short or wrongly written.
quarantine-other-version = The archive already holds an interaction of this id, but its file or recording is another one. Nothing was overwritten.
quarantine-nobody-speaks = No file speaks of this recording. Import it together with its vCon file.
quarantine-file-unreadable = The file could not be read. Check that it is there and may be read.
