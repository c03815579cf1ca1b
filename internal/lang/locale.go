package lang

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"vigil/internal/saying"
)

// locale is how figures and dates are written, after Unicode's CLDR 48 but for what is said at the fields.
type locale struct {
	// group stands between thousands. Spanish and Russian have a blank that does not break, as ISO 80000-1 has it: CLDR's point of Spanish is
	// read as a decimal one by others.
	group string
	point string // before decimals
	// months are their short names, of three letters or cells each so that columns stand.
	months [12]string
	// days are the short names of the days of the week, from Sunday.
	days [7]string
	// layouts are how dates are laid out that are written otherwise than in English, the longest first: in as in English, and out of it, no wider
	// where it stands in a column.
	layouts []layout
	// units are the letters of the units of an age that are others than in English; m and h of minutes and hours are mostly the same.
	units map[string]string
	// script is what a terminal must have beyond Latin letters; empty is nothing.
	script      string
	rightToLeft bool
}

// layout is a part of a layout of package time, and what stands in its place.
type layout struct{ in, out string }

// noBreak is the blank between thousands: that of a line that must not be broken there, and one cell wide in every font.
const noBreak = "\u00a0"

// Fields are the words of a text, between which there are blanks: [strings.Fields], but that the blank between the thousands of a number
// parts none.
func Fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r != '\u00a0' && unicode.IsSpace(r) })
}

var english = [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

var englishDays = [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

var locales = map[string]locale{
	English: {group: ",", point: ".", months: english, days: englishDays},
	"fr": {
		group: noBreak, point: ",",
		months: [12]string{"jan", "fév", "mar", "avr", "mai", "jun", "jul", "aoû", "sep", "oct", "nov", "déc"},
		days:   [7]string{"dim", "lun", "mar", "mer", "jeu", "ven", "sam"},
		units:  map[string]string{"d": "j", "y": "a"},
	},
	"es": {
		group: noBreak, point: ",",
		months: [12]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
		days:   [7]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
		units:  map[string]string{"mo": "me", "y": "a"},
	},
	"ar": {
		group: ",", point: ".", script: "Arab", rightToLeft: true,
		months: [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		days:   [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		// The names have no short forms: where there is no year they would not have room.
		layouts: []layout{{"2 Jan 2006", "2 Jan 2006"}, {"_2 Jan", "_2/1"}, {"2 Jan", "2/1"}, {"02Jan", "02/1"}, {"2Jan", "2/1"}, {"Jan'06", "1/06"}},
	},
	"ru": {
		group: noBreak, point: ",", script: "Cyrl",
		months: [12]string{"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"},
		days:   [7]string{"вс", "пн", "вт", "ср", "чт", "пт", "сб"},
		units:  map[string]string{"d": "д", "mo": "мс", "y": "г", "h": "ч", "m": "м", "s": "с"},
	},
	"zh": {
		group: ",", point: ".", script: "Hans",
		months: [12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
		days:   [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		layouts: []layout{
			{"Mon 2 Jan 2006", "2006年1月2日 Mon"},
			{"2 Jan 2006", "2006年1月2日"},
			{"_2 Jan", "1月_2"},
			{"2 Jan", "1月2"},
			{"02Jan", "1-02"},
			{"2Jan", "1月2"},
			{"Jan'06", "06-1"},
		},
	},
}

// ascii is the locale with ASCII alone.
func (l *locale) ascii() locale {
	plain := *l
	for i, d := range plain.days {
		plain.days[i] = spell(d)
	}
	if plain.group == noBreak { // a blank of ASCII is one at which a line is broken, and a sign is a decimal one somewhere
		plain.group = ""
	}
	for i, m := range plain.months {
		plain.months[i] = spell(m)
	}
	return plain
}

// Number writes n with its thousands set apart: 1,101.
func (l *Language) Number(n int) string {
	group := ","
	if l != nil {
		group = l.locale.group
	}
	return saying.Grouped(n, group)
}

// Decimal writes v with so many decimals: 2.1.
func (l *Language) Decimal(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if l == nil || l.locale.point == "." {
		return s
	}
	return strings.Replace(s, ".", l.locale.point, 1)
}

// Date writes t as [time.Time.Format] does, with the short names of month and day in the language.
func (l *Language) Date(t time.Time, layout string) string {
	if l == nil {
		return t.Format(layout)
	}
	for _, as := range l.locale.layouts {
		if strings.Contains(layout, as.in) {
			layout = strings.Replace(layout, as.in, as.out, 1)
			break
		}
	}
	date := l.named(t, layout)
	if l.locale.rightToLeft && strings.ContainsFunc(date, unicode.IsLetter) {
		return l.Spelled(date) // the whole date in its direction
	}
	return date
}

// named writes t with the names of month and day that its layout has.
func (l *Language) named(t time.Time, layout string) string {
	for _, name := range []struct{ in, out string }{{"Jan", l.locale.months[t.Month()-1]}, {"Mon", l.locale.days[t.Weekday()]}} {
		if before, after, has := strings.Cut(layout, name.in); has {
			return l.named(t, before) + name.out + l.named(t, after)
		}
	}
	return t.Format(layout)
}

// Units writes an age or a period of package health, "9d", with the units of the language: "9j".
func (l *Language) Units(english string) string {
	if l == nil || l.locale.units == nil {
		return english
	}
	var b strings.Builder
	for rest := english; rest != ""; {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789."))
		letters := len(rest[digits:]) - len(strings.TrimLeft(rest[digits:], "abcdefghijklmnopqrstuvwxyz"))
		unit := rest[digits : digits+letters]
		if other, ok := l.locale.units[unit]; ok && digits > 0 {
			unit = other
		}
		b.WriteString(rest[:digits] + unit)
		rest = rest[digits+letters:]
		if digits+letters == 0 {
			b.WriteString(rest)
			break
		}
	}
	return b.String()
}
