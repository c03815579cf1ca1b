package keys

// Default is vigil's bindings. Letters that later screens need (r, t,
// w, F, the digit 4 and the brackets) stay unbound rather than mean something
// now and something else later. F3 must stay unbound for good: terminals send
// it in the form of a cursor position report.
func Default() *Table {
	return New(
		Binding{ShowBoard, []string{"1"}, "Board: every country at a glance", "screens", Global},
		Binding{ShowCountry, []string{"2"}, "Country: levels, risk, staff and incidents of the selected country", "", Global},
		Binding{ShowEvents, []string{"3"}, "Events: what happened, newest first", "", Global},
		Binding{ShowAlarms, []string{"5"}, "Alarms: what rings, who has it, what was done", "", Global},
		Binding{ShowSources, []string{"6"}, "Sources: health, rejects and coverage", "", Global},
		Binding{ShowMap, []string{"7"}, "Map: levels or estimates, incidents and staff", "", Global},
		Binding{ShowLog, []string{"8"}, "Duty log: what was done, by whom and when", "", Global},
		Binding{ShowPlan, []string{"9"}, "Plan: what is due, by day", "", Global},
		Binding{ShowWatch, []string{"w"}, "Watch: hands-free, in large figures, as a wall may show it", "", Global},
		Binding{ShowHandover, []string{"H"}, "Handover: what is open, item by item; both sign", "", Global},
		Binding{Filter, []string{"/"}, "Filter, live as you type", "filter", Global},
		Binding{Command, []string{":"}, "Command line (:q quits)", "", Global},
		Binding{ShowWhy, []string{"e"}, "Why: how the selected figure came about, down to file and line", "why", Global},
		Binding{Copy, []string{"y"}, "Copy the selection through the terminal (OSC 52); of an event, coordinates, text, or what may be shared", "", Global},
		Binding{NextPane, []string{"tab"}, "Next pane", "", Global},
		Binding{PreviousPane, []string{"shift+tab"}, "Previous pane", "", Global},
		Binding{Back, []string{"esc"}, "Back one level; never quits", "back", Global},
		Binding{ShowHelp, []string{"?"}, "Help", "help", Global},
		Binding{ToggleLinear, []string{"L"}, "Plain lines, for reading aloud, or the drawn screen", "", Global},
		Binding{ToggleMouse, []string{"M"}, "Mouse: click selects, click again opens, wheel scrolls; or leave it to the terminal", "", Global},
		Binding{Redraw, []string{"ctrl+l"}, "Draw the screen anew", "", Global},
		Binding{Quit, []string{"q"}, "Quit", "quit", Global},
		Binding{Interrupt, []string{"ctrl+c"}, "Close the prompt; otherwise ask whether to quit", "", Global},

		Binding{Up, []string{"up", "k"}, "One line up", "", List},
		Binding{Down, []string{"down", "j"}, "One line down", "", List},
		Binding{PageUp, []string{"pgup"}, "One page up", "", List},
		Binding{PageDown, []string{"pgdown"}, "One page down", "", List},
		Binding{HalfPageUp, []string{"ctrl+u"}, "Half a page up", "", List},
		Binding{HalfPageDown, []string{"ctrl+d"}, "Half a page down", "", List},
		Binding{Top, []string{"g", "home"}, "To the top", "", List},
		Binding{Bottom, []string{"G", "end"}, "To the bottom", "", List},
		Binding{Left, []string{"left", "h"}, "One column to the left", "", List},
		Binding{Right, []string{"right", "l"}, "One column to the right", "", List},
		Binding{Open, []string{"enter"}, "Go into what is selected", "open", List},

		Binding{Acknowledge, []string{"a"}, "Acknowledge the selected alarm, else the first: own it for a time, with a reason", "ack", Board},
		Binding{Acknowledge, []string{"a"}, "Acknowledge: own the alarm for a time, with a reason", "ack", Alarms},
		Binding{Shelve, []string{"z"}, "Shelve: the alarm does not ring for a time, with a reason", "shelve", Alarms},
		Binding{Unshelve, []string{"Z"}, "Take the alarm off the shelf", "", Alarms},
		Binding{CloseAlarm, []string{"x"}, "Close an alarm that nothing ends, or whose cause is over", "close", Alarms},
		Binding{Group, []string{"f"}, "Flood: show the alarms in groups, or each", "flood", Alarms},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "report", Board},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Country},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Alarms},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Sources},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Log},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Plan},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Told},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Hand},
		Binding{Continue, []string{"I"}, "Report more of the selected event, or refute it", "", Board},
		Binding{Note, []string{"n"}, "Note: write something into the duty log", "note", Log},
		Binding{Release, []string{"space"}, "Show the events held back while reading", "new", Board},
		Binding{Release, []string{"space"}, "Show the events held back while reading", "new", Events},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "report", Events},
		Binding{Continue, []string{"I"}, "Report more of the selected event, or refute it", "more", Events},
		Binding{Verify, []string{"v"}, "Verify: unconfirmed, probable, confirmed", "verify", Events},
		Binding{Merge, []string{"m"}, "Merge: the event proposed tells of the same event", "", Events},
		Binding{Unmerge, []string{"u"}, "Unmerge: the selected source tells of another event", "", Events},

		Binding{Claim, []string{"c"}, "Claim: say that you see to the alarm; it expires", "", Alarms},
		Binding{Claim, []string{"c"}, "Claim: say that you see to the event; it expires", "", Events},
		Binding{ShowTold, []string{"t"}, "Told: who must know of the selected alarm, else of the gravest not told to all, and whom to call next", "told", Board},
		Binding{ShowTold, []string{"t"}, "Told: who must know of the alarm, and whom to call next", "told", Alarms},
		Binding{ShowFlash, []string{"F"}, "Flash report on what is selected, else on the gravest alarm, one whose next report is overdue first", "", Board},
		Binding{ShowFlash, []string{"F"}, "Flash report on the selected event", "", Events},
		Binding{ShowFlash, []string{"F"}, "Flash report on the alarm", "", Alarms},
		Binding{ShowFlash, []string{"F"}, "Flash report on the alarm", "", Told},
		Binding{ToldTried, []string{"t"}, "Tried: called, no answer yet", "tried", Told},
		Binding{ToldMissed, []string{"u"}, "Unanswered: on to the next channel, then the next contact", "no answer", Told},
		Binding{ToldRefused, []string{"x"}, "Refused: answered, and would not take it", "refused", Told},
		Binding{ToldAnswered, []string{"a"}, "Answered: told", "answered", Told},
		Binding{ToldReadBack, []string{"b"}, "Read back: told, and repeated it", "read back", Told},

		Binding{HandSeen, []string{"space"}, "Seen, and on to the next: the outgoing goes through every item", "seen", Hand},
		Binding{HandAccept, []string{"a"}, "Accept: the incoming has the item from now on", "accept", Hand},
		Binding{HandDecline, []string{"x"}, "Decline: the item stays with the outgoing, with a reason", "decline", Hand},
		Binding{HandSignOff, []string{"o"}, "Sign off: the outgoing is done with an item that was declined", "sign off", Hand},
		Binding{HandSign, []string{"s"}, "Sign: the outgoing hands over, then the incoming takes the watch", "sign", Hand},
		Binding{Note, []string{"n"}, "Note: write something into the duty log", "note", Hand},

		Binding{ZoomIn, []string{"+", "="}, "Closer, around what is selected", "zoom", Map},
		Binding{ZoomOut, []string{"-"}, "Farther, to the whole world; g is home, G the world", "", Map},
		Binding{Shade, []string{"s"}, "Shade by official level, or by estimate", "shade", Map},
		Binding{Layers, []string{"m"}, "Marks: incidents and staff, one of them, or none", "marks", Map},
		Binding{Dots, []string{"d"}, "Draw in braille, in blocks or in ASCII", "", Map},
		Binding{Report, []string{"i"}, "Report: write down what somebody tells", "", Map},

		Binding{Hold, []string{"space"}, "Hold the country that stands, or let it turn", "hold", Watch},
		Binding{Privacy, []string{"p"}, "Privacy: what a wall may show, or what a duty officer sees", "privacy", Watch},

		Binding{Accept, []string{"enter"}, "Apply", "apply", Prompt},
		Binding{Cancel, []string{"esc"}, "Close and leave things as they were", "cancel", Prompt},
		Binding{Interrupt, []string{"ctrl+c"}, "Close and leave things as they were", "", Prompt},
		Binding{Complete, []string{"tab"}, "Complete the word; of a command, take what is offered, then the next", "complete", Prompt},
		Binding{CompleteBack, []string{"shift+tab"}, "Take the offer before", "", Prompt},
		Binding{Older, []string{"up", "ctrl+p"}, "The entry before", "history", Prompt},
		Binding{Newer, []string{"down", "ctrl+n"}, "The entry after", "", Prompt},
		Binding{CursorBack, []string{"left", "ctrl+b"}, "One character back", "", Prompt},
		Binding{CursorOn, []string{"right", "ctrl+f"}, "One character on", "", Prompt},
		Binding{LineStart, []string{"home", "ctrl+a"}, "To the start", "", Prompt},
		Binding{LineEnd, []string{"end", "ctrl+e"}, "To the end", "", Prompt},
		Binding{EraseBack, []string{"backspace", "ctrl+h"}, "Erase the character before", "", Prompt},
		Binding{EraseOn, []string{"delete", "ctrl+d"}, "Erase the character under the cursor", "", Prompt},
		Binding{EraseWord, []string{"ctrl+w"}, "Erase the word before", "", Prompt},
		Binding{EraseLine, []string{"ctrl+u"}, "Erase to the start", "", Prompt},

		Binding{Accept, []string{"enter"}, "The next field; on the last one save", "next", Form},
		Binding{Save, []string{"ctrl+s"}, "Save", "save", Form},
		Binding{NextField, []string{"tab", "down"}, "The next field", "", Form},
		Binding{PreviousField, []string{"shift+tab", "up"}, "The field before", "", Form},
		Binding{Cancel, []string{"esc"}, "Leave; asks before what was typed is thrown away", "leave", Form},
		Binding{Interrupt, []string{"ctrl+c"}, "Leave; asks before what was typed is thrown away", "", Form},
		Binding{CursorOn, []string{"right", "ctrl+f"}, "One character on; at the end put the first candidate in", "take", Form},
		Binding{Newer, []string{"ctrl+n", "pgdown"}, "The next candidate", "candidates", Form},
		Binding{Older, []string{"ctrl+p", "pgup"}, "The candidate before", "", Form},
		Binding{CursorBack, []string{"left", "ctrl+b"}, "One character back", "", Form},
		Binding{LineStart, []string{"home", "ctrl+a"}, "To the start", "", Form},
		Binding{LineEnd, []string{"end", "ctrl+e"}, "To the end", "", Form},
		Binding{EraseBack, []string{"backspace", "ctrl+h"}, "Erase the character before", "", Form},
		Binding{EraseOn, []string{"delete", "ctrl+d"}, "Erase the character under the cursor", "", Form},
		Binding{EraseWord, []string{"ctrl+w"}, "Erase the word before", "", Form},
		Binding{EraseLine, []string{"ctrl+u"}, "Erase to the start", "", Form},
		Binding{Redraw, []string{"ctrl+l"}, "Draw the screen anew", "", Form},
		Binding{ShowHelp, []string{"f1"}, "Help", "", Form},

		Binding{Yes, []string{"y", "enter"}, "Yes", "yes", Confirm},
		Binding{No, []string{"n", "esc"}, "No", "no", Confirm},
		Binding{Interrupt, []string{"ctrl+c"}, "Quit, where that is asked: twice means now; otherwise no", "", Confirm},

		Binding{CopyPosition, []string{"c"}, "The coordinates", "coordinates", Copying},
		Binding{CopyText, []string{"t"}, "The text: everything that it says", "text", Copying},
		Binding{CopyShare, []string{"s"}, "To share: what, in which area, on which day; no names, numbers, sources or places", "share", Copying},
		Binding{CopyLine, []string{"y"}, "The line as it stands in the list", "line", Copying},
		Binding{Cancel, []string{"esc"}, "Copy nothing", "nothing", Copying},
		Binding{Interrupt, []string{"ctrl+c"}, "Copy nothing", "", Copying},
	)
}

// Wall is the bindings of a screen that stands in public: what a person who passes may do, which is to turn it and to end it.
func Wall() *Table {
	return New(
		Binding{Hold, []string{"space"}, "Hold the country that stands, or let it turn", "hold", Watch},
		Binding{Left, []string{"left", "h"}, "The country before", "", Watch},
		Binding{Right, []string{"right", "l"}, "The next country", "next", Watch},
		Binding{ToggleLinear, []string{"L"}, "Plain lines, for reading aloud, or the drawn screen", "", Watch},
		Binding{Redraw, []string{"ctrl+l"}, "Draw the screen anew", "", Watch},
		Binding{Quit, []string{"q"}, "Quit", "quit", Watch},
		Binding{Interrupt, []string{"ctrl+c"}, "Ask whether to quit", "", Watch},

		Binding{Yes, []string{"y", "enter"}, "Yes", "yes", Confirm},
		Binding{No, []string{"n", "esc"}, "No", "no", Confirm},
		Binding{Interrupt, []string{"ctrl+c"}, "Quit, where that is asked: twice means now; otherwise no", "", Confirm},
	)
}

// Welcome is the bindings of the first run, where there is no desk.
func Welcome() *Table {
	all := []Binding{
		{ShowDemo, []string{"d"}, "Demo: open the console on an exercise that is played live", "demo", First},
		{MakeDesk, []string{"i"}, "Init: make a desk in a directory, and open it", "init", First},
		{Back, []string{"esc"}, "Back one level; never quits", "", First},
		{ShowHelp, []string{"?"}, "Help", "help", First},
		{Redraw, []string{"ctrl+l"}, "Draw the screen anew", "", First},
		{Quit, []string{"q"}, "Quit", "quit", First},
		{Interrupt, []string{"ctrl+c"}, "Close what is open; otherwise quit", "", First},
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
