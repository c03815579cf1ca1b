package convert

import (
	"bytes"
	"io"
	"strconv"

	"vigil/internal/feed/native"
	"vigil/internal/incident"
)

// features is a GeoJSON FeatureCollection of which the properties are the members of the native form, so that
// nothing of a record is lost.
type features struct {
	w     io.Writer
	begun bool
	buf   []byte
}

func (f *features) Write(i *incident.Incident) error {
	b := f.buf[:0]
	if f.begun {
		b = append(b, ',')
	} else {
		b = append(b, `{"type":"FeatureCollection","features":[`...)
	}
	f.begun = true
	b = append(b, "\n"+`{"type":"Feature","geometry":`...)
	if i.HasPoint {
		b = append(b, `{"type":"Point","coordinates":[`...)
		b = strconv.AppendFloat(b, i.Point.Lon, 'f', -1, 64)
		b = append(b, ',')
		b = strconv.AppendFloat(b, i.Point.Lat, 'f', -1, 64)
		b = append(b, `]}`...)
	} else {
		b = append(b, "null"...)
	}
	b = append(b, `,"properties":`...)
	b = bytes.TrimRight(native.Append(b, i), "\n")
	f.buf = append(b, '}')
	_, err := f.w.Write(f.buf)
	return err
}

func (f *features) Close() error {
	end := "\n]}\n"
	if !f.begun {
		end = `{"type":"FeatureCollection","features":[` + end
	}
	_, err := io.WriteString(f.w, end)
	return err
}
