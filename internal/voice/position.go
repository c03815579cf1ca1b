package voice

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/saying"
)

var errPosition = saying.Errorf("write latitude and longitude in degrees, such as 15.67 0.50, or 15.67N 0.50E")

// setPosition reads a position in degrees, latitude first, with signs or letters.
func setPosition(i *incident.Incident, text string, _ time.Time) (string, error) {
	i.Point, i.HasPoint, i.Accuracy = incident.Point{}, false, 0
	if text == "" {
		return "", nil
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\t' })
	if len(parts) != 2 {
		return "", errPosition
	}
	lat, err := degrees(parts[0], "N", "S")
	if err != nil {
		return "", err
	}
	lon, err := degrees(parts[1], "E", "W")
	if err != nil {
		return "", err
	}
	p := incident.Point{Lat: lat, Lon: lon}
	if !p.Valid() {
		return "", saying.Errorf("%s is not on the earth (are latitude and longitude swapped?): %s", text, errPosition)
	}
	i.Point, i.HasPoint = p, true
	return fmt.Sprintf("lat %s, lon %s", number(lat), number(lon)), nil
}

func degrees(s, positive, negative string) (float64, error) {
	s = strings.ToUpper(strings.TrimSuffix(s, "°"))
	sign := 1.0
	if rest, is := strings.CutSuffix(s, positive); is {
		s = rest
	} else if rest, is := strings.CutSuffix(s, negative); is {
		s, sign = rest, -1
	}
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "°"), 64)
	if err != nil || f != f {
		return 0, errPosition
	}
	return sign*f + 0, nil // + 0: there is no negative zero
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func positionText(i *incident.Incident) string {
	if !i.HasPoint {
		return ""
	}
	return number(i.Point.Lat) + " " + number(i.Point.Lon)
}
