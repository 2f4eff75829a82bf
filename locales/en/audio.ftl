# Why a recording was refused.
audio-not-sound = This is not a sound file that can be read here: its beginning is not that of WAV, MP3, Ogg or FLAC. Bare samples without a header have to be converted first.
audio-unknown-codec = The sound is stored in a way that is not known here. Convert it to WAV, MP3, Ogg Vorbis or FLAC.
audio-file-too-large = The recording is larger than { $limit } MB.
audio-too-long = The recording is longer than { $limit } hours.
audio-unusual-shape = The recording has an unusual number of channels or an unusual sample rate, or changes it on the way.
audio-cut-off = The recording was cut off: { $present } of { $stated } seconds are there. Fetch it again from the system it came from.
audio-damaged = The recording is damaged and cannot be decoded. Fetch it again from the system it came from.
audio-silent = There is no sound in the recording, not even silence.
