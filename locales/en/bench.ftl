# Measuring what the program costs.

cli-bench = Measure what the program costs, on a folder of its own filled with made-up entries.
cli-arg-entries = Entries of the one made-up customer, such as 10000, 1000000 or 10000000. A folder that has fewer is filled up.
cli-arg-runs = Runs of each figure; the median is printed.
cli-arg-only = Only these parts of the table, with commas between; “fill” for the filling alone.
cli-arg-sign_ins = Sign-ins before memory is looked at.
cli-arg-settle_seconds = Seconds of quiet before memory is looked at again.
cli-arg-recording_megabytes = Size of the long recording, in megabytes.
bench-not-its-own = This data holds customer { $number }. Measuring fills it with made-up entries: state an empty folder or database, or one that was filled by this command.
bench-no-such-part = There is no part { $part }. The parts are: { $parts }.
bench-filling = { $done } of { $all } entries made, { $rate } a second
bench-gathering = words of { $done } of { $all } entries gathered, { $rate } entries a second
bench-at-most = at most { $n }
bench-at-least = at least { $n }
bench-kept = kept
bench-missed = missed
