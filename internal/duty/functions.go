package duty

import (
	"strings"
	"unicode"

	"vigil/internal/saying"
)

// FunctionIn is what a contact is called in the language of whoever reads it, such as "warden Gao region" or "security adviser 2": the function as
// the field has it, if it is one of those that call trees mostly have, and its zone or number as the desk writes it. Every other function is the
// desk's own word and stays. What is typed and what the log keeps is the desk's word always.
func FunctionIn(v saying.Voice, called string) string {
	return inWords(called, func(word string) string { return functionWord(v, word) })
}

// ChannelIn is what a channel is called in the language of whoever reads it, such as "mobile 2".
func ChannelIn(v saying.Voice, called string) string {
	return inWords(called, func(word string) string { return channelWord(v, word) })
}

// inWords says the longest beginning of whole words that word knows, and leaves the rest as it is.
func inWords(called string, word func(string) string) string {
	for end := len(called); end > 0; {
		if said := word(called[:end]); said != "" {
			return said + called[end:]
		}
		end = strings.LastIndexFunc(called[:end], unicode.IsSpace)
	}
	return called
}

// functionWord is a function in the language; empty where no catalogue knows it. The terms are those of the United Nations security management
// system, as its policy manual and JIU/REP/2016/9 have them in French and Spanish.
func functionWord(v saying.Voice, word string) string {
	switch strings.ToLower(word) {
	case "security lead":
		return v.Say("security lead")
	case "security adviser", "security advisor":
		return v.Say("security adviser")
	case "designated official":
		return v.Say("designated official")
	case "warden":
		return v.Say("warden")
	case "duty officer":
		return v.Say("duty officer")
	case "security officer":
		return v.Say("security officer")
	case "area security coordinator":
		return v.Say("area security coordinator")
	case "security management team":
		return v.Say("security management team")
	case "radio room":
		return v.Say("radio room")
	case "medical":
		return v.SayAs("function", "medical")
	case "host authorities":
		return v.Say("host authorities")
	case "embassies":
		return v.Say("embassies")
	}
	return ""
}

// channelWord is a kind of channel in the language; empty for what is none.
func channelWord(v saying.Voice, word string) string {
	switch word {
	case "phone", "mobile", "satellite", "VHF", "HF", "email", "messenger", "in person":
		return v.Say(word)
	}
	return ""
}
