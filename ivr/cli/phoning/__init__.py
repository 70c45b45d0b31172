"""`ivr phone`, piece by piece: its script files, its reports, and who acts."""
