package saying

import (
	"fmt"
	"strconv"
)

// Grouped writes n with what stands between its thousands: 1,101.
func Grouped(n int, group string) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + group + s[at:]
	}
	return sign + s
}

// shown is a whole number among the values of a message, as it is written in a voice: its verb is %d in every language.
type shown string

// Format writes it whatever the verb.
func (s shown) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s)) }
