package correlate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vigil/internal/country/fold"
)

// Words tell two events apart by what only one of them says. How much a word tells is fixed here: nothing for
// words of the language, little for words of the field, all for the rest, which are names of places and groups
// and the particulars of what happened. Weighing them by how often they stand in the records of the desk would tell
// a little more, and would change the verdict of yesterday's pair with today's arrivals.

const (
	plainWeight  = 10 // a word that is in neither list
	commonWeight = 3
)

// silentWords are English, French and Spanish words that tell nothing, with the words of dates, which are compared as times, and the names that
// sources give to the fields of their details.
var silentWords = wordSet(`a an the and or of in on at to from by with while when were was is are be been being had has have he she
	they them his her their its it that this these those who whom which where as for after before during into near
	between around about over under out up off than then two three four five six seven eight nine ten one
	another other others more most some several both all also not no but if so only later following
	reportedly reported report reports allegedly alleged according suspected unknown unidentified unspecified further information time available
	due did do does can could may might will would there here location motive actor type source context sind programme focus outcome same each day days hour hours week weeks
	january february march april june july august september october november december
	le la les de des du un une et en dans par pour sur avec el los las y por para con una del que se al`)

// commonWords are the words that every report in this field uses.
var commonWords = wordSet(`aid worker workers staff member members employee employees personnel ngo ingo lngo nngo nrcs prcs icrc
	un agency organisation organization organisations humanitarian health medical national international local male female
	man men woman women volunteer volunteers driver drivers guard guards contractor contracted killed kill injured wounded
	kidnapped abducted arrested detained taken shot beaten assaulted attacked attack attackers ambush ambushed robbed robbery
	raid raided armed gunmen perpetrator perpetrators militant militants group groups forces force military army police
	soldier soldiers security civilian civilians people person persons family vehicle vehicles car truck convoy ambulance
	travelling traveling travel road route village town city area district province region state governorate county country
	office compound house home hospital clinic centre center camp released release incident event weapon firearm
	fire explosion bomb bombing strike airstrike airstrikes bombardment aerial shelling shell missile rocket
	green orange red alert magnitude earthquake depth km flood cyclone tropical storm drought volcano wildfire affected population`)

func wordSet(list string) map[word]bool {
	set := map[word]bool{}
	for _, w := range strings.Fields(list) {
		set[hashWord([]byte(w))] = true
	}
	return set
}

// word is a folded word, as a number: two of them meet by chance once in billions.
type word uint64

// text is what the words of a record come to, each word once, sorted.
type text struct {
	telling []word // in neither list
	common  []word
	phrases []word // three words in a row, of which at least one tells
	english int    // words that only English has
	latin   int    // words that only French or Spanish has
}

const maxWords = 400 // of a record: beyond them a text has told what it has to tell

// eachWord yields the words folded, without the 's of the genitive; w is valid until the next.
func eachWord(s string, yield func(w []byte)) {
	var buf [64]byte
	for len(s) > 0 {
		end, plain := 0, true
		for end < len(s) {
			c := s[end]
			if c >= utf8.RuneSelf {
				r, size := utf8.DecodeRuneInString(s[end:])
				if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
					break
				}
				plain = false
				end += size
				continue
			}
			if kinds[c] == 0 {
				break
			}
			end++
		}
		if field := strings.TrimSuffix(s[:end], "'s"); len(field) > 0 {
			w := buf[:0]
			if plain && len(field) <= len(buf) {
				for i := range len(field) {
					if c := kinds[field[i]]; c > ' ' {
						w = append(w, c)
					}
				}
			} else {
				w, _ = fold.Append(w, field)
			}
			if len(w) > 0 {
				yield(w)
			}
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		s = s[end+size:]
	}
}

// kinds are the folded letters and digits of ASCII; the apostrophe, which is within words and not of them, is a blank,
// and what parts words is 0.
var kinds = func() (of [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		of[c], of[c-'a'+'A'] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		of[c] = c
	}
	of['\''] = ' '
	return of
}()

// read takes the words of a text in, but for those that only say where it happened, or what was done.
func (t *text) read(s string, where []word, said map[word]bool) {
	var last [2]word
	var lastCommon [2]bool
	n := 0
	eachWord(s, func(w []byte) {
		h := hashWord(w)
		switch {
		case englishWords[h]:
			t.english++
		case latinWords[h]:
			t.latin++
		}
		if n++; n > maxWords || silentWords[h] || digits(w) {
			return
		}
		stem := stemOf(w)
		common := commonWords[h] || commonWords[stem]
		_, place := slices.BinarySearch(where, stem)
		act := said[h] || said[stem]
		common = common || place || act
		switch {
		case place || act:
		case common:
			t.common = append(t.common, stem)
		default:
			t.telling = append(t.telling, stem)
		}
		if told := !common || !lastCommon[0] || !lastCommon[1]; told && last[0] != 0 {
			t.phrases = append(t.phrases, mix(mix(last[0], last[1]), stem))
		}
		last[0], last[1] = last[1], stem
		lastCommon[0], lastCommon[1] = lastCommon[1], common
	})
}

// stemOf is a word without the s of a plural.
func stemOf(w []byte) word {
	if len(w) > 1 && w[len(w)-1] == 's' {
		w = w[:len(w)-1]
	}
	return hashWord(w)
}

func (t *text) settle() {
	for _, list := range []*[]word{&t.telling, &t.common, &t.phrases} {
		slices.Sort(*list)
		*list = slices.Clip(slices.Compact(*list))
	}
}

// Small words tell the language of a text.
var (
	englishWords = wordSet(`the of and at from by with was were has had their his her an is are on to`)
	latinWords   = wordSet(`le la les du des une un et dans par pour sur avec au aux el los las y por para una del que se al en`)
)

// foreign reports whether two texts are plainly in different languages: then that they share no word says nothing.
func (t *text) foreign(other *text) bool {
	return (t.english > t.latin) != (other.english > other.latin) && t.english != t.latin && other.english != other.latin
}

// againWords tell in a title that there was one before.
var againWords = wordSet(`second third fourth another again further subsequent secondary repeated
	deuxieme seconde troisieme nouveau nouvel nouvelle encore segundo segunda tercero tercera otro otra nuevo nueva`)

func tellsAgain(title string) (again bool) {
	eachWord(title, func(w []byte) { again = again || againWords[hashWord(w)] })
	return again
}

func digits(w []byte) bool {
	for _, c := range w {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// hashWord is FNV-1a.
func hashWord(w []byte) word {
	h := uint64(14695981039346656037)
	for _, c := range w {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return word(h)
}

// mix is a hash of two words in their order.
func mix(a, b word) word { return (a*31 + b) * 1099511628211 }

// shared counts what two sorted lists share.
func shared(a, b []word) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// likeWords is what the words of two records have in common beyond the place, the country and the act.
type likeWords struct {
	share                    int // of the shorter text, in hundredths
	telling, common, phrases int
	least                    int // how many words the one has that has fewer
	foreign                  bool
}

func compareTexts(a, b *Features) likeWords {
	x, y := &a.text, &b.text
	l := likeWords{telling: shared(x.telling, y.telling), common: shared(x.common, y.common), phrases: shared(x.phrases, y.phrases), foreign: x.foreign(y)}
	// A name of the place that only the other gives as such is one all the same.
	own, others := len(x.telling)-shared(x.telling, b.where), len(y.telling)-shared(y.telling, a.where)
	l.least = min(own+len(x.common), others+len(y.common))
	weight := func(telling, common int) int { return plainWeight*telling + commonWeight*common }
	if shorter := min(weight(own, len(x.common)), weight(others, len(y.common))); shorter > 0 {
		l.share = 100 * weight(l.telling, l.common) / shorter
	}
	return l
}
