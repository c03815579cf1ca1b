package plain

import (
	"io"
	"slices"
	"strings"

	"vigil/internal/alarm"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/picture"
)

// AlarmsSchema is that of the list of open alarms.
const AlarmsSchema = "vigil.alarms/1"

// alarmsJSON is the contract vigil.alarms/1. The status has the same under the same keys.
type alarmsJSON struct {
	Schema string   `json:"schema"`
	At     string   `json:"at"`
	Desk   deskJSON `json:"desk"`
	// Trouble is what is wrong with the desk, such as a duty log that could be read in part only: then there may be more, or others.
	Trouble []string    `json:"trouble"`
	Watch   *watchJSON  `json:"watch"` // null where nobody has it
	Flood   *floodJSON  `json:"flood"` // null where there is none
	Alarms  []alarmJSON `json:"alarms"`
}

// alarmJSON is an open alarm, or a closed one of which not everybody has been told again. Of one that is about what the viewer may not see, rule and country are null and the words are
// "Restricted incident".
type alarmJSON struct {
	Alarm     string  `json:"alarm"` // as people call it
	ID        string  `json:"id"`    // of the entry that raised it
	Rule      *string `json:"rule"`
	Severity  string  `json:"severity"`
	State     string  `json:"state"`
	Raised    string  `json:"raised"`
	Came      string  `json:"came"` // the last time
	Country   *string `json:"country"`
	Words     string  `json:"words"`
	Unsure    bool    `json:"unsure"` // it cannot be excluded, and is not known
	Owner     *string `json:"owner"`
	Until     *string `json:"until"` // the end of the shelf that it is on, else of its acknowledgement
	Told      *int    `json:"told"`  // of those who must know; null where no call tree says who they are
	Of        *int    `json:"of"`
	Escalated int     `json:"escalated"` // how often
	Claimed   *string `json:"claimed"`   // who sees to it, which is no acknowledgement
	// Near is who is near what it is about as far as that is known now; null where it is about no incident that the viewer may see, and of
	// what is refuted.
	Near *nearJSON `json:"near"`
}

// nearJSON is how many staff are near an incident. The first three are null where it has no position.
type nearJSON struct {
	Km            float64 `json:"km"`
	Total         *int    `json:"total"`
	National      *int    `json:"national"`
	International *int    `json:"international"`
	Perhaps       int     `json:"perhaps"` // besides, those who may be, but for
	NoFix         int     `json:"no_fix"`  // those of whom nobody knows where they are
	Others        bool    `json:"others"`  // there may be any number of others: what is known of staff there is old, or nothing
	Located       bool    `json:"located"` // the incident has a position
	AsOf          *string `json:"as_of"`   // of the oldest figure of staff in its countries
}

func nearOf(v picture.View, a *duty.Alarm) *nearJSON {
	n, ok := figure.AlarmNear(v, a)
	if !ok {
		return nil
	}
	return &nearJSON{
		Km: n.Km, Total: known(n.Sure.Total, n.Located), National: known(n.Sure.National, n.Located), International: known(n.Sure.International, n.Located),
		Perhaps: n.Perhaps.Total - n.NoFix.Total, NoFix: n.NoFix.Total, Others: n.Unbounded, Located: n.Located, AsOf: stamp(n.AsOf),
	}
}

// floodJSON is a flood of alarms: how many came within so many minutes that nobody has acknowledged, and the groups of all that need somebody.
type floodJSON struct {
	Came    int         `json:"came"`
	Minutes int         `json:"minutes"`
	Groups  []groupJSON `json:"groups"`
}

// groupJSON are alarms of one rule and country; both are null of incidents that the viewer may not see.
type groupJSON struct {
	Severity string   `json:"severity"`
	Rule     *string  `json:"rule"`
	Country  *string  `json:"country"`
	Newest   string   `json:"newest"`
	Alarms   []string `json:"alarms"`
}

func floodOf(v picture.View) *floodJSON {
	f, on := figure.Flood(v, v.Valid())
	if !on {
		return nil
	}
	out := &floodJSON{Came: f.Came, Minutes: int(alarm.FloodWithin.Minutes())}
	for i := range f.Groups {
		g := &f.Groups[i]
		one := groupJSON{Severity: string(g.Severity), Rule: word(g.Rule), Country: word(g.Country), Newest: instant(g.Alarms[0].Came)}
		if g.Hidden {
			one.Rule, one.Country = nil, nil
		}
		for _, a := range g.Alarms {
			one.Alarms = append(one.Alarms, a.Called())
		}
		out.Groups = append(out.Groups, one)
	}
	return out
}

// alarmsOf lists the open alarms, those that need somebody most first, and after those of high severity that need somebody the closed ones
// that all must be told of again; of these countries only, or of all.
func alarmsOf(v picture.View, only []country.Code) (list []*duty.Alarm, others int) {
	all := v.Duty().Alarms(v.Valid())
	grave := slices.IndexFunc(all, func(a *duty.Alarm) bool { return !a.Rings(v.Valid()) || duty.High.Above(a.Severity) })
	if grave < 0 {
		grave = len(all)
	}
	for _, sheet := range v.Untold(v.Valid()) {
		if !sheet.Alarm.Open() {
			all = slices.Insert(all, grave, sheet.Alarm)
			grave++
		}
	}
	for _, a := range all {
		if len(only) > 0 && (v.HidesAlarm(a) || !slices.Contains(only, a.Country())) {
			others++
			continue
		}
		list = append(list, a)
	}
	return list, others
}

func alarmOf(v picture.View, a *duty.Alarm) alarmJSON {
	now := v.Valid()
	out := alarmJSON{
		Alarm: a.Called(), ID: a.ID, Severity: string(a.Severity), State: a.State(now).String(), Raised: instant(a.Raised), Came: instant(a.Came),
		Words: figure.Plain.AlarmText(v, a), Unsure: a.Raise.Unsure, Escalated: a.Level, Near: nearOf(v, a),
	}
	if !v.HidesAlarm(a) {
		out.Rule = word(duty.Words(a.Raise.Rule).String())
		if c := a.Country(); c.Known() {
			out.Country = word(c.Alpha3())
		}
	}
	if k, owned := a.Ack(now); owned {
		out.Owner, out.Until = text(k.Owner), stamp(k.Until)
	}
	if a.OnShelf(now) {
		out.Until = stamp(a.Shelf.Until)
	}
	if c, ok := v.Duty().ClaimOfAlarm(a.ID, now); ok {
		out.Claimed = text(c.Holder)
	}
	sheet := v.Sheet(a, now)
	told, of := sheet.Figures()
	knows := of > 0 || sheet.Says
	out.Told, out.Of = known(told, knows), known(of, knows)
	return out
}

func alarmsJSONOf(v picture.View, only []country.Code) []alarmJSON {
	list, _ := alarmsOf(v, only)
	out := make([]alarmJSON, 0, len(list))
	for _, a := range list {
		out = append(out, alarmOf(v, a))
	}
	return out
}

// watchIn is who has the watch in a picture; nil where nobody has.
func watchIn(v picture.View) *watchJSON {
	w, _ := v.Duty().Watch()
	return watchOf(w, v.Valid())
}

// AlarmsJSON writes the open alarms and those to be told again, and who has the watch, as one JSON document, vigil.alarms/1.
func AlarmsJSON(w io.Writer, v picture.View) error {
	return writeDocument(w, &alarmsJSON{AlarmsSchema, instant(v.Valid()), deskOf(v), texts(inEnglish(v.Desk().Trouble)), watchIn(v), floodOf(v), alarmsJSONOf(v, nil)})
}

// AlarmsText writes them for people, as the status does.
func AlarmsText(w io.Writer, v picture.View, l Layout) error {
	s := status{printer: deskPrinter(w, v), v: v, l: l, now: v.Valid()}
	for _, line := range trouble(v, l) {
		s.say(line)
	}
	s.watch()
	s.alarms(nil, true)
	return s.err
}

// watch says who has the watch and for how long, where that matters.
func (s *status) watch() {
	w, _ := s.v.Duty().Watch()
	switch {
	case !s.v.Duty().WatchMatters(s.now):
	case !w.Held():
		s.say("! NO WATCH: nobody has it")
	default:
		s.say("watch: " + s.l.text(w.Holder) + " since " + figure.Plain.Time(w.Since) + ", " + health.Age(w.For(s.now)))
	}
}

// alarms lists the open alarms, each on as many lines as it takes: nothing of them is cut. In a flood they stand in groups, unless each
// is wanted, too.
func (s *status) alarms(only []country.Code, each bool) {
	list, others := alarmsOf(s.v, only)
	if len(list)+others == 0 {
		s.say("no alarm is open; alarms ring while vigil or vigil tail runs on the desk")
		return
	}
	s.say("alarms: " + s.l.hand().AlarmSummary(s.v, s.now))
	flood, on := figure.Flood(s.v, s.now)
	grouped := map[string]*alarm.Group{}
	if on {
		s.flood(&flood, grouped, each)
	}
	said := map[*alarm.Group]bool{}
	for _, a := range list {
		if g := grouped[a.ID]; g != nil {
			if !said[g] {
				s.group(g)
			}
			said[g] = true
			if !each {
				continue
			}
		}
		s.say(s.alarm(a))
		if near, ok := figure.AlarmNear(s.v, a); ok && each {
			s.say("  " + a.Called() + " " + near.Words(s.now, s.l.hand(), true))
		}
	}
	for i := range flood.Groups { // of a flood all is said, whatever countries were asked for
		if g := &flood.Groups[i]; len(g.Alarms) > 1 && !said[g] {
			s.group(g)
		}
	}
	if others > 0 {
		s.say("not listed: " + figure.Plain.Plural(others, "alarm") + " of other countries, or of none; vigil status lists all")
	}
}

// flood says that there is one, and gives its groups of more than one alarm, by alarm. A group stands where its first alarm does, so that
// what is critical goes first.
func (s *status) flood(f *alarm.Flooding, grouped map[string]*alarm.Group, each bool) {
	line := "! " + figure.Plain.FloodWords(f) + ", grouped; "
	if each {
		line += "each is listed below"
	} else {
		line += "vigil alarm open lists each"
	}
	s.say(line)
	for i := range f.Groups {
		g := &f.Groups[i]
		if len(g.Alarms) == 1 {
			continue
		}
		for _, a := range g.Alarms {
			grouped[a.ID] = g
		}
	}
}

func (s *status) group(g *alarm.Group) {
	s.say("! " + s.l.clean(s.l.hand().GroupMany(g)+" "+figure.Plain.GroupStanding(g, s.now)+", "+s.rang(g.Alarms[0])+": "+
		figure.Plain.GroupWhat(g)+": "+figure.Plain.GroupCalled(g, len(g.Alarms))))
}

// rang is when it rang, or how long ago.
func (s *status) rang(a *duty.Alarm) string {
	if s.v.Live() {
		return "rang " + s.age(a.Came) + " ago"
	}
	return "rang " + s.age(a.Came)
}

func (s *status) alarm(a *duty.Alarm) string {
	var words []string
	switch {
	case a.Rings(s.now):
		words = append(words, "!")
	case !a.Open():
		words = append(words, "!", figure.TellAgain)
	}
	words = append(words, a.Called())
	if !a.Open() {
		if refuted := strings.TrimSpace(figure.Plain.TellAgainRefuted(s.v, a)); refuted != "" {
			words = append(words, refuted)
		}
	}
	words = append(words, figure.Plain.SeverityWord(a.Severity), figure.Plain.AlarmStanding(a, s.now))
	if c := a.Country(); c.Known() && !s.v.HidesAlarm(a) {
		words = append(words, c.Alpha3())
	}
	if told := figure.Plain.ToldOf(s.v, a, s.now); told != "" {
		words = append(words, told)
	}
	return s.l.clean(strings.Join(words, " ") + ", " + s.rang(a) + ": " + figure.Plain.AlarmLine(s.v, a, s.now))
}
