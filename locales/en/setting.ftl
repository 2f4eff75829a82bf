# Names and explanations of settings and rights: `setting-KEY` and `setting-KEY-help`, dots as dashes.

setting-session-idle_minutes = Session ends after idling
setting-session-idle_minutes-help = Counted from the last request. Whoever comes back later signs in again.
setting-session-absolute_hours = Session ends at the latest
setting-session-absolute_hours-help = Counted from the sign-in, however busy the session is.
