package incident

import "time"

// plainWhen reads what nearly every record says: 2026-11-20T14:21:00Z, a date or a month, in exactly these
// shapes. It is some ten times faster than package time, which says what ok must be: fuzzing holds the two
// against each other.
func plainWhen(s string) (w When, ok bool) {
	const date, whole = len("2006-01-02"), len("2006-01-02T15:04:05Z")
	if len(s) < len("2006-01") || s[4] != '-' {
		return When{}, false
	}
	year, month, day := 100*twoDigits(s[0], s[1])+twoDigits(s[2], s[3]), twoDigits(s[5], s[6]), 1
	if year < firstYear || month < 1 || month > 12 || year > lastYear {
		return When{}, false
	}
	w.Precision = ToMonth
	if len(s) >= date {
		w.Precision = ToDate
		if day = twoDigits(s[8], s[9]); s[7] != '-' || day < 1 || day > daysIn(year, month) {
			return When{}, false
		}
	}
	seconds := 0
	switch len(s) {
	case len("2006-01"), date:
	case whole:
		w.Precision = ToTime
		hour, minute, second := twoDigits(s[11], s[12]), twoDigits(s[14], s[15]), twoDigits(s[17], s[18])
		if s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != 'Z' || uint(hour) > 23 || uint(minute) > 59 || uint(second) > 59 {
			return When{}, false
		}
		seconds = 3600*hour + 60*minute + second
	default:
		return When{}, false
	}
	w.Start = time.Unix(int64(daysTo(year, month, day))*86400+int64(seconds), 0).UTC()
	return w, true
}

// twoDigits is the number that two digits make; what has another character among them is far below 0.
func twoDigits(tens, ones byte) int {
	t, o := tens-'0', ones-'0'
	if t > 9 || o > 9 {
		return -1 << 20
	}
	return 10*int(t) + int(o)
}

// daysBefore are the days of a common year before each month, from 1.
var daysBefore = [...]int{1: 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	if month == 2 && leap(year) {
		return 29
	}
	return daysBefore[month+1] - daysBefore[month]
}

// daysTo is how many days after the first of January 1970 a date is.
func daysTo(year, month, day int) int {
	const before1970 = 1969*365 + 1969/4 - 1969/100 + 1969/400
	y := year - 1
	days := 365*y + y/4 - y/100 + y/400 - before1970 + daysBefore[month] + day - 1
	if month > 2 && leap(year) {
		days++
	}
	return days
}
