package main

import (
	"slices"
	"testing"
)

func TestLanguages(t *testing.T) {
	for _, tt := range []struct{ environ, want []string }{
		{nil, nil},
		{[]string{"LANG=C.UTF-8"}, nil},
		{[]string{"LANG=fr_CD.UTF-8"}, []string{"fr-CD"}},
		{[]string{"LANG=fr_CD.UTF-8", "LC_MESSAGES=es"}, []string{"es"}},
		{[]string{"LANG=fr_CD.UTF-8", "LC_ALL=POSIX"}, nil},
		{[]string{"LANG=de_CH@euro", "LANGUAGE=ar:pt_BR"}, []string{"ar", "pt-BR", "de-CH"}},
		{[]string{"LANG=C.UTF-8", "LANGUAGE=fr"}, nil},
		{[]string{"LC_ALL=POSIX", "LANG=de_CH", "LANGUAGE=fr"}, nil},
		{[]string{"LANGUAGE=fr"}, nil},
	} {
		p := &program{environ: tt.environ}
		if got := p.languages(); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q", tt.environ, got)
		}
	}
}
