package rule

// Coming is a rule that will ship once the desk has what it asks of. Until then it is not in force, and nothing rings for it.
type Coming struct {
	Name string
	With string // what it comes with
}

// NotYet lists the rules that come with a later version.
func NotYet() []Coming {
	list := []Coming{{Name: "missed check-in", With: "check_in_missed"}, {Name: "movement overdue", With: "movement_overdue"}, {Name: "roll call overdue", With: "roll_call_overdue"}, {Name: "compliance expired", With: "compliance_expired"}}
	for i := range list {
		list[i].With = later[list[i].With] // as what a rule is told that asks for it
	}
	return list
}
