package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/search"
	"vigil/internal/voice"
)

// reportFields are the fields of a report as flags.
var reportFields = []struct {
	field voice.Field
	value string
	help  string
}{
	{voice.Act, "WORD", "what was done or happened, such as abduction"},
	{voice.Threat, "WORD", "threat category, such as terrorism"},
	{voice.Target, "WORD", "what was hit: personnel, premises, vehicle, convoy, aircraft, medical"},
	{voice.Country, "CODE", "country or countries, such as MLI"},
	{voice.Admin1, "NAME", "first administrative level"},
	{voice.Place, "NAME", "place"},
	{voice.Position, "LAT,LON", "position in degrees"},
	{voice.When, "TIME", `when it happened: 14:20Z, "20 min ago", now, a date; left out it is unknown`},
	{voice.Source, "NAME", "who tells, such as field or police; never a person's name"},
	{voice.Grade, "A1", "grade of the source, A to F, and of what it says, 1 to 6"},
	{voice.Verification, "WORD", "unconfirmed, probable, confirmed or refuted"},
	{voice.Severity, "WORD", "negligible, minor, moderate, severe or critical"},
	{voice.Handling, "WORD", "public, internal, restricted or strictly_confidential"},
	{voice.Holder, "WORD", "who holds the detained or abducted: state, de_facto_authority or non_state"},
	{voice.Actor, "NAME", "who did it: a group or a function"},
	{voice.Means, "WORDS", "by what means"},
	{voice.Title, "WORDS", "title"},
	{voice.Details, "WORDS", "details; never a person's name"},
}

// reportOutcomes are the outcomes that have a flag of their own.
var reportOutcomes = []incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained, incident.Missing}

// reporter is the report command.
type reporter struct {
	*program
	fields   map[voice.Field]*string
	people   []string
	outcomes map[incident.Outcome]*int
	id       string
	refuted  string
	reason   string
	by       string
	try      attempt
	json     bool
}

func reportCommand(p *program) *cobra.Command {
	r := &reporter{program: p, fields: map[voice.Field]*string{}, outcomes: map[incident.Outcome]*int{}}
	cmd := &cobra.Command{
		Use:   "report [-]",
		Short: "Write down what somebody reported",
		Long: `Write down what somebody reported: a new incident in the desk's own feed, feeds/own.jsonl, and that it was reported in the
desk's duty log. Every flag may be left out, and "unknown" says that something is not known. With --id it is a further version of
an incident: what is not given stays as it was. An incident of another source is not changed: the desk's own word on it is
written beside it, and stands for the event until a source says something else.

--killed and the like are all people of an outcome. Those whom --people names are among them, and of the others nothing is said: with
--killed 3 --people "1 national staff killed" two are of unknown recruitment. What contradicts that is refused. A further version
keeps who they were as the version before had it; where the new number has no room for them it says that it does not.

With - a record in vigil's own format (the README lists the members) is read from standard input; flags go before it.

The exit code is 0 only once the report is on the disk and in the duty log. Where it is not, the command says which --attempt
repeats it without writing it twice; other words under an attempt that is taken are refused.`,
		Example: `vigil report -C mydesk --act abduction --country MLI --place Ansongo --when 14:20Z --source field --grade C3 --people "2 national ngo abducted"
vigil report -C mydesk --id R-7QK2MXWA --killed 1 --verification probable`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && args[0] != "-" {
				return usagef("%s takes flags, or - for a record on standard input; %q is neither; see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
			}
			return nil
		},
		RunE: r.run,
	}
	f := cmd.Flags()
	for _, field := range reportFields {
		r.fields[field.field] = f.String(string(field.field), "", "`"+field.value+"`: "+field.help)
	}
	f.StringArrayVar(&r.people, "people", nil, "`WORDS`: how many, who and what became of them, such as \"2 national ngo f abducted\"; may be repeated")
	for _, o := range reportOutcomes {
		r.outcomes[o] = f.Int(o.String(), 0, "`NUMBER` of people "+o.String()+" all together, those whom --people names among them; what was said of others stays")
	}
	f.StringVar(&r.id, "id", "", "`ID` of the incident that this says more of, with its authority before it where it needs one: radio/R-1")
	f.StringVar(&r.refuted, "refuted", "", "`WHY` it did not happen as reported: false-alarm, hoax, duplicate or drill; needs --id")
	f.StringVar(&r.reason, "reason", "", "`WORDS`: why it is verified or refuted; kept in the duty log")
	f.StringVar(&r.by, "by", "", "`CALLSIGN` or function of who writes it down; never a person's name")
	r.try.flag(cmd, "attempt")
	f.BoolVar(&r.json, "json", false, "print what was written")
	return cmd
}

func (r *reporter) run(cmd *cobra.Command, args []string) error {
	dir, err := r.desk()
	if err != nil {
		return err
	}
	c, err := r.command(cmd, len(args) > 0)
	if err != nil {
		return err
	}
	ctx, stop := interrupted(cmd.Context())
	defer stop()
	actor := action.Actor{Name: safetext.Clean(r.by), Role: picture.DutyOfficer}
	done, err := app.DoReport(ctx, r.options(dir), actor, r.try.id(), func(v picture.View) (action.Report, error) {
		if r.id == "" {
			return c, r.place(&c.Said, v)
		}
		name, err := app.NamedReport(v, r.id)
		c.Continues = name
		return c, err
	})
	if err != nil {
		return r.try.failed(err)
	}
	return r.reported(&done, r.json)
}

// place adds what a known place brings, as the form does, and says so: the country, the area and the position that nobody gave.
func (r *reporter) place(said *voice.Report, v picture.View) error {
	name := *r.fields[voice.Place]
	if name == "" || said.Says(voice.Country) && said.Says(voice.Admin1) && said.Says(voice.Position) {
		return nil
	}
	var in country.Code
	if said.Says(voice.Country) {
		in, _ = country.Parse(*r.fields[voice.Country])
		if !in.Known() {
			return nil // it is not known where, or it was in several
		}
	}
	fields, as, among := search.NewPlaces(v).Brings(name, in, *r.fields[voice.Admin1])
	if len(among) > 0 {
		r.say(r.stderr, fmt.Sprintf("nothing is added to the place: %s is known in %s; say which by --country and --admin1", name, strings.Join(among, " and in ")))
	}
	var brought []string
	for _, f := range []voice.Field{voice.Country, voice.Admin1, voice.Position} {
		if fields[f] == "" || said.Says(f) {
			continue
		}
		if _, err := said.Set(f, fields[f], r.now().UTC()); err != nil {
			return err
		}
		brought = append(brought, fields[f])
	}
	if len(brought) > 0 {
		r.say(r.stderr, strings.Join(brought, ", ")+": as known of "+as)
	}
	return nil
}

// command is what the flags and standard input say.
func (r *reporter) command(cmd *cobra.Command, stdin bool) (action.Report, error) {
	c := action.Report{Reason: duty.Words(r.reason)}
	if stdin {
		const most = 1 << 20
		body, err := io.ReadAll(io.LimitReader(r.stdin, most+1))
		switch {
		case err != nil:
			return c, fmt.Errorf("not reported: standard input: %w", err)
		case len(body) > most:
			return c, errors.New("not reported: standard input: a record has at most 1 MiB")
		}
		id, err := app.ReadRecord(&c.Said, body)
		if err != nil {
			return c, fmt.Errorf("not reported: standard input: %w", err)
		}
		if r.id == "" {
			r.id = id
		}
	}
	now := r.now().UTC()
	set := func(f voice.Field, flag, text string) error {
		if _, err := c.Said.Set(f, text, now); err != nil {
			return usagef("--%s: %w", flag, err)
		}
		return nil
	}
	for _, field := range reportFields {
		if name := string(field.field); cmd.Flags().Changed(name) {
			if err := set(field.field, name, *r.fields[field.field]); err != nil {
				return c, err
			}
		}
	}
	if len(r.people) > 0 {
		if err := set(voice.People, "people", strings.Join(r.people, ", ")); err != nil {
			return c, err
		}
	}
	for _, o := range reportOutcomes {
		if cmd.Flags().Changed(o.String()) {
			err := c.Said.Count(o, *r.outcomes[o])
			switch {
			case errors.Is(err, voice.ErrPeople):
				return c, usagef("--people and --%s: %w", o, err)
			case err != nil:
				return c, usagef("--%s: %w", o, err)
			}
		}
	}
	if r.refuted == "" {
		return c, nil
	}
	why, err := duty.ParseRefutation(r.refuted)
	if err != nil {
		return c, usagef("--refuted: %w", err)
	}
	if r.id == "" {
		return c, usagef("--refuted says that an incident did not happen as reported: say which by --id")
	}
	c.Refuted = why
	return c, set(voice.Verification, "refuted", incident.Refuted.String())
}
