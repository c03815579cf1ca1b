package keys

import "vigil/internal/lang"

// Default is vigil's bindings. Letters that later screens need (r, t,
// w, F, the digit 4 and the brackets) stay unbound rather than mean something
// now and something else later. F3 must stay unbound for good: terminals send
// it in the form of a cursor position report.
func Default() *Table {
	return New(
		Binding{ShowBoard, []string{"1"}, lang.Msg("Board: every country at a glance"), lang.MsgAs("key", "screens"), Global},
		Binding{ShowCountry, []string{"2"}, lang.Msg("Country: levels, risk, staff and incidents of the selected country, else of the last"), "", Global},
		Binding{ShowEvents, []string{"3"}, lang.Msg("Events: what happened, newest first"), "", Global},
		Binding{ShowAlarms, []string{"5"}, lang.Msg("Alarms: what rings, who has it, what was done"), "", Global},
		Binding{ShowSources, []string{"6"}, lang.Msg("Sources: health, rejects and coverage"), "", Global},
		Binding{ShowMap, []string{"7"}, lang.Msg("Map: levels or estimates, incidents and staff"), "", Global},
		Binding{ShowLog, []string{"8"}, lang.Msg("Duty log: what was done, by whom and when"), "", Global},
		Binding{ShowPlan, []string{"9"}, lang.Msg("Plan: what is due, by day"), "", Global},
		Binding{ShowWatch, []string{"w"}, lang.Msg("Watch: hands-free, in large figures, as a wall may show it"), "", Global},
		Binding{ShowHandover, []string{"H"}, lang.Msg("Handover: what is open, item by item; both sign"), "", Global},
		Binding{Filter, []string{"/"}, lang.Msg("Filter, live as you type; where there is no list, the events"), lang.MsgAs("key", "filter"), Global},
		Binding{Command, []string{":"}, lang.Msg("Command line (:q quits)"), "", Global},
		Binding{ShowWhy, []string{"e"}, lang.Msg("Why: how the selected figure came about, down to file and line"), lang.MsgAs("key", "why"), Global},
		Binding{Copy, []string{"y"}, lang.Msg("Copy the selection through the terminal (OSC 52); of an event, coordinates, text, or what may be shared"), "", Global},
		Binding{NextPane, []string{"tab"}, lang.Msg("Next pane"), "", Global},
		Binding{PreviousPane, []string{"shift+tab"}, lang.Msg("Previous pane"), "", Global},
		Binding{Back, []string{"esc"}, lang.Msg("Back one level; never quits"), lang.MsgAs("key", "back"), Global},
		Binding{ShowHelp, []string{"?"}, lang.Msg("Help"), lang.MsgAs("key", "help"), Global},
		Binding{ToggleLinear, []string{"L"}, lang.Msg("Plain lines, for reading aloud, or the drawn screen"), "", Global},
		Binding{ToggleMouse, []string{"M"}, lang.Msg("Mouse: click selects, click again opens, wheel scrolls; or leave it to the terminal"), "", Global},
		Binding{Redraw, []string{"ctrl+l"}, lang.Msg("Draw the screen anew"), "", Global},
		Binding{Suspend, []string{"ctrl+z"}, lang.Msg("To the shell; nothing rings or moves here until fg"), "", Global},
		Binding{Quit, []string{"q"}, lang.Msg("Quit"), lang.MsgAs("key", "quit"), Global},
		Binding{Interrupt, []string{"ctrl+c"}, lang.Msg("Close the prompt; otherwise ask whether to quit"), "", Global},

		Binding{Up, []string{"up", "k"}, lang.Msg("One line up"), "", List},
		Binding{Down, []string{"down", "j"}, lang.Msg("One line down"), "", List},
		Binding{PageUp, []string{"pgup"}, lang.Msg("One page up"), "", List},
		Binding{PageDown, []string{"pgdown"}, lang.Msg("One page down"), "", List},
		Binding{HalfPageUp, []string{"ctrl+u"}, lang.Msg("Half a page up"), "", List},
		Binding{HalfPageDown, []string{"ctrl+d"}, lang.Msg("Half a page down"), "", List},
		Binding{Top, []string{"g", "home"}, lang.Msg("To the top"), "", List},
		Binding{Bottom, []string{"G", "end"}, lang.Msg("To the bottom"), "", List},
		Binding{Left, []string{"left", "h"}, lang.Msg("One column to the left"), "", List},
		Binding{Right, []string{"right", "l"}, lang.Msg("One column to the right"), "", List},
		Binding{Open, []string{"enter"}, lang.Msg("Go into what is selected"), lang.MsgAs("key", "open"), List},

		Binding{Acknowledge, []string{"a"}, lang.Msg("Acknowledge the selected alarm, else the first: own it for a time, with a reason"), lang.MsgAs("key", "ack"), Board},
		Binding{Acknowledge, []string{"a"}, lang.Msg("Acknowledge: own the alarm for a time, with a reason"), lang.MsgAs("key", "ack"), Alarms},
		Binding{Shelve, []string{"z"}, lang.Msg("Shelve: the alarm does not ring for a time, with a reason"), lang.MsgAs("key", "shelve"), Alarms},
		Binding{Unshelve, []string{"Z"}, lang.Msg("Take the alarm off the shelf"), "", Alarms},
		Binding{CloseAlarm, []string{"x"}, lang.Msg("Close an alarm that nothing ends, or whose cause is over"), lang.MsgAs("key", "close"), Alarms},
		Binding{Group, []string{"f"}, lang.Msg("Flood: show the alarms in groups, or each"), lang.MsgAs("key", "flood"), Alarms},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), lang.MsgAs("key", "report"), Board},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Country},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Alarms},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Sources},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Log},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Plan},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Told},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Hand},
		Binding{Continue, []string{"I"}, lang.Msg("Report more of the selected event, or refute it"), "", Board},
		Binding{Note, []string{"n"}, lang.Msg("Note: write something into the duty log"), lang.MsgAs("key", "note"), Log},
		Binding{Release, []string{"space"}, lang.Msg("Show the events held back while reading"), lang.MsgAs("key", "new"), Board},
		Binding{Release, []string{"space"}, lang.Msg("Show the events held back while reading"), lang.MsgAs("key", "new"), Events},
		Binding{Release, []string{"space"}, lang.Msg("Show the entries held back while reading"), lang.MsgAs("key", "new"), Log},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), lang.MsgAs("key", "report"), Events},
		Binding{Continue, []string{"I"}, lang.Msg("Report more of the selected event, or refute it"), lang.MsgAs("key", "more"), Events},
		Binding{Verify, []string{"v"}, lang.Msg("Verify: unconfirmed, probable, confirmed"), lang.MsgAs("key", "verify"), Events},
		Binding{Merge, []string{"m"}, lang.Msg("Merge: the event proposed tells of the same event"), "", Events},
		Binding{Unmerge, []string{"u"}, lang.Msg("Unmerge: the selected source tells of another event"), "", Events},

		Binding{Claim, []string{"c"}, lang.Msg("Claim: say that you see to the alarm; it expires"), "", Alarms},
		Binding{Claim, []string{"c"}, lang.Msg("Claim: say that you see to the event; it expires"), "", Events},
		Binding{ShowTold, []string{"t"}, lang.Msg("Told: who must know of the selected alarm, else of the gravest not told to all, and whom to call next"), lang.MsgAs("key", "told"), Board},
		Binding{ShowTold, []string{"t"}, lang.Msg("Told: who must know of the alarm, and whom to call next"), lang.MsgAs("key", "told"), Alarms},
		Binding{ShowFlash, []string{"F"}, lang.Msg("Flash report on what is selected, else on the gravest alarm, one whose next report is overdue first"), "", Board},
		Binding{ShowFlash, []string{"F"}, lang.Msg("Flash report on the selected event"), "", Events},
		Binding{ShowFlash, []string{"F"}, lang.Msg("Flash report on the alarm"), "", Alarms},
		Binding{ShowFlash, []string{"F"}, lang.Msg("Flash report on the alarm"), "", Told},
		Binding{ToldTried, []string{"t"}, lang.Msg("Tried: called, no answer yet"), lang.MsgAs("key", "tried"), Told},
		Binding{ToldMissed, []string{"u"}, lang.Msg("Unanswered: on to the next channel, then the next contact"), lang.MsgAs("key", "no answer"), Told},
		Binding{ToldRefused, []string{"x"}, lang.Msg("Refused: answered, and would not take it"), lang.MsgAs("key", "refused"), Told},
		Binding{ToldAnswered, []string{"a"}, lang.Msg("Answered: told"), lang.MsgAs("key", "answered"), Told},
		Binding{ToldReadBack, []string{"b"}, lang.Msg("Read back: told, and repeated it"), lang.MsgAs("key", "read back"), Told},

		Binding{HandSeen, []string{"space"}, lang.Msg("Seen, and on to the next: the outgoing goes through every item"), lang.MsgAs("key", "seen"), Hand},
		Binding{HandAccept, []string{"a"}, lang.Msg("Accept: the incoming has the item from now on"), lang.MsgAs("key", "accept"), Hand},
		Binding{HandDecline, []string{"x"}, lang.Msg("Decline: the item stays with the outgoing, with a reason"), lang.MsgAs("key", "decline"), Hand},
		Binding{HandSignOff, []string{"o"}, lang.Msg("Sign off: the outgoing is done with an item that was declined"), lang.MsgAs("key", "sign off"), Hand},
		Binding{HandSign, []string{"s"}, lang.Msg("Sign: the outgoing hands over, then the incoming takes the watch"), lang.MsgAs("key", "sign"), Hand},
		Binding{Note, []string{"n"}, lang.Msg("Note: write something into the duty log"), lang.MsgAs("key", "note"), Hand},

		Binding{ZoomIn, []string{"+", "="}, lang.Msg("Closer, around what is selected"), lang.MsgAs("key", "zoom"), Map},
		Binding{ZoomOut, []string{"-"}, lang.Msg("Farther, to the whole world; g is home, G the world"), "", Map},
		Binding{Shade, []string{"s"}, lang.Msg("Shade by official level, or by estimate"), lang.MsgAs("key", "shade"), Map},
		Binding{Layers, []string{"m"}, lang.Msg("Marks: incidents and staff, one of them, or none"), lang.MsgAs("key", "marks"), Map},
		Binding{Dots, []string{"d"}, lang.Msg("Draw in braille, in blocks or in ASCII"), "", Map},
		Binding{Report, []string{"i"}, lang.Msg("Report: write down what somebody tells"), "", Map},

		Binding{Hold, []string{"space"}, lang.Msg("Hold the country that stands, or let it turn"), lang.MsgAs("key", "hold"), Watch},
		Binding{Privacy, []string{"p"}, lang.Msg("Privacy: what a wall may show, or what a duty officer sees"), lang.MsgAs("key", "privacy"), Watch},

		Binding{Accept, []string{"enter"}, lang.Msg("Apply"), lang.MsgAs("key", "apply"), Prompt},
		Binding{Cancel, []string{"esc"}, lang.Msg("Close and leave things as they were"), lang.MsgAs("key", "cancel"), Prompt},
		Binding{Interrupt, []string{"ctrl+c"}, lang.Msg("Close and leave things as they were"), "", Prompt},
		Binding{Complete, []string{"tab"}, lang.Msg("Complete the word; of a command, take what is offered, then the next"), lang.MsgAs("key", "complete"), Prompt},
		Binding{CompleteBack, []string{"shift+tab"}, lang.Msg("Take the offer before"), "", Prompt},
		Binding{Older, []string{"up", "ctrl+p"}, lang.Msg("The entry before"), lang.MsgAs("key", "history"), Prompt},
		Binding{Newer, []string{"down", "ctrl+n"}, lang.Msg("The entry after"), "", Prompt},
		Binding{CursorBack, []string{"left", "ctrl+b"}, lang.Msg("One character back"), "", Prompt},
		Binding{CursorOn, []string{"right", "ctrl+f"}, lang.Msg("One character on"), "", Prompt},
		Binding{LineStart, []string{"home", "ctrl+a"}, lang.Msg("To the start"), "", Prompt},
		Binding{LineEnd, []string{"end", "ctrl+e"}, lang.Msg("To the end"), "", Prompt},
		Binding{EraseBack, []string{"backspace", "ctrl+h"}, lang.Msg("Erase the character before"), "", Prompt},
		Binding{EraseOn, []string{"delete", "ctrl+d"}, lang.Msg("Erase the character under the cursor"), "", Prompt},
		Binding{EraseWord, []string{"ctrl+w"}, lang.Msg("Erase the word before"), "", Prompt},
		Binding{EraseLine, []string{"ctrl+u"}, lang.Msg("Erase to the start"), "", Prompt},

		Binding{Accept, []string{"enter"}, lang.Msg("The next field; on the last one save"), lang.MsgAs("key", "next"), Form},
		Binding{Save, []string{"ctrl+s"}, lang.Msg("Save"), lang.MsgAs("key", "save"), Form},
		Binding{NextField, []string{"tab", "down"}, lang.Msg("The next field"), "", Form},
		Binding{PreviousField, []string{"shift+tab", "up"}, lang.Msg("The field before"), "", Form},
		Binding{Cancel, []string{"esc"}, lang.Msg("Leave; asks before what was typed is thrown away"), lang.MsgAs("key", "leave"), Form},
		Binding{Interrupt, []string{"ctrl+c"}, lang.Msg("Leave; asks before what was typed is thrown away"), "", Form},
		Binding{CursorOn, []string{"right", "ctrl+f"}, lang.Msg("One character on; at the end put the first candidate in"), lang.MsgAs("key", "take"), Form},
		Binding{Newer, []string{"ctrl+n", "pgdown"}, lang.Msg("The next candidate"), lang.MsgAs("key", "candidates"), Form},
		Binding{Older, []string{"ctrl+p", "pgup"}, lang.Msg("The candidate before"), "", Form},
		Binding{CursorBack, []string{"left", "ctrl+b"}, lang.Msg("One character back"), "", Form},
		Binding{LineStart, []string{"home", "ctrl+a"}, lang.Msg("To the start"), "", Form},
		Binding{LineEnd, []string{"end", "ctrl+e"}, lang.Msg("To the end"), "", Form},
		Binding{EraseBack, []string{"backspace", "ctrl+h"}, lang.Msg("Erase the character before"), "", Form},
		Binding{EraseOn, []string{"delete", "ctrl+d"}, lang.Msg("Erase the character under the cursor"), "", Form},
		Binding{EraseWord, []string{"ctrl+w"}, lang.Msg("Erase the word before"), "", Form},
		Binding{EraseLine, []string{"ctrl+u"}, lang.Msg("Erase to the start"), "", Form},
		Binding{Redraw, []string{"ctrl+l"}, lang.Msg("Draw the screen anew"), "", Form},
		Binding{Suspend, []string{"ctrl+z"}, lang.Msg("To the shell; nothing rings or moves here until fg"), "", Form},
		Binding{ShowHelp, []string{"f1"}, lang.Msg("Help"), "", Form},

		Binding{Yes, []string{"y", "enter"}, lang.Msg("Yes"), lang.MsgAs("key", "yes"), Confirm},
		Binding{No, []string{"n", "esc"}, lang.Msg("No"), lang.MsgAs("key", "no"), Confirm},
		Binding{Interrupt, []string{"ctrl+c"}, lang.Msg("Quit, where that is asked: twice means now; otherwise no"), "", Confirm},

		Binding{CopyPosition, []string{"c"}, lang.Msg("The coordinates"), lang.MsgAs("key", "coordinates"), Copying},
		Binding{CopyText, []string{"t"}, lang.Msg("The text: everything that it says"), lang.MsgAs("key", "text"), Copying},
		Binding{CopyShare, []string{"s"}, lang.Msg("To share: what, in which area, on which day; no names, numbers, sources or places"), lang.MsgAs("key", "share"), Copying},
		Binding{CopyLine, []string{"y"}, lang.Msg("The line as it stands in the list"), lang.MsgAs("key", "line"), Copying},
		Binding{Cancel, []string{"esc"}, lang.Msg("Copy nothing"), lang.MsgAs("key", "nothing"), Copying},
		Binding{Interrupt, []string{"ctrl+c"}, lang.Msg("Copy nothing"), "", Copying},
	)
}

// Wall is the bindings of a screen that stands in public: what a person who passes may do, which is to turn it and to end it.
func Wall() *Table {
	return New(
		Binding{Hold, []string{"space"}, lang.Msg("Hold the country that stands, or let it turn"), lang.MsgAs("key", "hold"), Watch},
		Binding{Left, []string{"left", "h"}, lang.Msg("The country before"), "", Watch},
		Binding{Right, []string{"right", "l"}, lang.Msg("The next country"), lang.MsgAs("key", "next"), Watch},
		Binding{ToggleLinear, []string{"L"}, lang.Msg("Plain lines, for reading aloud, or the drawn screen"), "", Watch},
		Binding{Redraw, []string{"ctrl+l"}, lang.Msg("Draw the screen anew"), "", Watch},
		Binding{Suspend, []string{"ctrl+z"}, lang.Msg("To the shell; nothing rings or moves here until fg"), "", Watch},
		Binding{Quit, []string{"q"}, lang.Msg("Quit"), lang.MsgAs("key", "quit"), Watch},
		Binding{Interrupt, []string{"ctrl+c"}, lang.Msg("Ask whether to quit"), "", Watch},

		Binding{Yes, []string{"y", "enter"}, lang.Msg("Yes"), lang.MsgAs("key", "yes"), Confirm},
		Binding{No, []string{"n", "esc"}, lang.Msg("No"), lang.MsgAs("key", "no"), Confirm},
		Binding{Interrupt, []string{"ctrl+c"}, lang.Msg("Quit, where that is asked: twice means now; otherwise no"), "", Confirm},
	)
}

// Welcome is the bindings of the first run, where there is no desk.
func Welcome() *Table {
	all := []Binding{
		{ShowDemo, []string{"d"}, lang.Msg("Demo: open the console on an exercise that is played live"), lang.MsgAs("key", "demo"), First},
		{MakeDesk, []string{"i"}, lang.Msg("Init: make a desk in a directory, and open it"), lang.MsgAs("key", "init"), First},
		{Back, []string{"esc"}, lang.Msg("Back one level; never quits"), "", First},
		{ShowHelp, []string{"?"}, lang.Msg("Help"), lang.MsgAs("key", "help"), First},
		{Redraw, []string{"ctrl+l"}, lang.Msg("Draw the screen anew"), "", First},
		{Suspend, []string{"ctrl+z"}, lang.Msg("To the shell until fg"), "", First},
		{Quit, []string{"q"}, lang.Msg("Quit"), lang.MsgAs("key", "quit"), First},
		{Interrupt, []string{"ctrl+c"}, lang.Msg("Close what is open; otherwise quit"), "", First},
	}
	shared := Default()
	for _, scope := range []Scope{List, Prompt} {
		for _, b := range shared.Of(scope) {
			switch b.ID {
			case Up, Down, PageUp, PageDown, Top, Bottom:
				b.Short = ""
			case Left, Right, Open, HalfPageUp, HalfPageDown, Older, Newer, Complete:
				continue // there is nothing of that here
			}
			all = append(all, b)
		}
	}
	return New(all...)
}
