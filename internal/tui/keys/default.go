package keys

// Default is vigil's bindings. Letters that later screens need (i, n, r, t,
// w, F, the digits 4, 7, 8 and the brackets) stay unbound rather than mean something
// now and something else later. F3 must stay unbound for good: terminals send
// it in the form of a cursor position report.
func Default() *Table {
	return New(
		Binding{ShowBoard, []string{"1"}, "Board: every country at a glance", "screens", Global},
		Binding{ShowCountry, []string{"2"}, "Country: levels, risk, staff and incidents of the selected country", "", Global},
		Binding{ShowEvents, []string{"3"}, "Events: what happened, newest first", "", Global},
		Binding{ShowAlarms, []string{"5"}, "Alarms: what rings, who has it, what was done", "", Global},
		Binding{ShowSources, []string{"6"}, "Sources: health, rejects and coverage", "", Global},
		Binding{ShowPlan, []string{"9"}, "Plan: what is due, by day", "", Global},
		Binding{Filter, []string{"/"}, "Filter, live as you type", "filter", Global},
		Binding{Command, []string{":"}, "Command line (:q quits)", "", Global},
		Binding{ShowWhy, []string{"e"}, "Why: how the selected figure came about, down to file and line", "why", Global},
		Binding{Copy, []string{"y"}, "Copy the selection through the terminal (OSC 52)", "", Global},
		Binding{NextPane, []string{"tab"}, "Next pane", "", Global},
		Binding{PreviousPane, []string{"shift+tab"}, "Previous pane", "", Global},
		Binding{Back, []string{"esc"}, "Back one level; never quits", "back", Global},
		Binding{ShowHelp, []string{"?"}, "Help", "help", Global},
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
		Binding{Release, []string{"space"}, "Show the events held back while reading", "new", Board},
		Binding{Release, []string{"space"}, "Show the events held back while reading", "new", Events},
		Binding{Merge, []string{"m"}, "Merge: the event proposed tells of the same event", "", Events},
		Binding{Unmerge, []string{"u"}, "Unmerge: the selected source tells of another event", "", Events},

		Binding{Accept, []string{"enter"}, "Apply", "apply", Prompt},
		Binding{Cancel, []string{"esc"}, "Close and leave things as they were", "cancel", Prompt},
		Binding{Interrupt, []string{"ctrl+c"}, "Close and leave things as they were", "", Prompt},
		Binding{Complete, []string{"tab"}, "Complete the word", "complete", Prompt},
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

		Binding{Yes, []string{"y", "enter"}, "Yes", "yes", Confirm},
		Binding{No, []string{"n", "esc"}, "No", "no", Confirm},
		Binding{Interrupt, []string{"ctrl+c"}, "Quit, where that is asked: twice means now; otherwise no", "", Confirm},
	)
}
