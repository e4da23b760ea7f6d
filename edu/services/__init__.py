"""What edu does, one file per noun: functions of a session and plain values that never commit."""
