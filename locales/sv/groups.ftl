# Användargrupper: vad områdets inställningar och avslag säger.

setting-groups-manage = Hantera grupper
setting-groups-manage-help = Lägga upp, byta namn på och ta bort användargrupper.

groups-renamed-meanwhile = Någon annan har bytt namn på gruppen under tiden. Ladda om sidan och titta efter.
groups-not-empty = Det finns användare i gruppen. Flytta dem först.
groups-name-taken = En annan grupp har redan det namnet. Välj ett annat.
