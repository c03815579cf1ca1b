package grid

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"vigil/internal/fault"
	"vigil/internal/feed"
)

// Limits of a workbook. A sheet of a million cells is about 40 MB unpacked.
const (
	maxUnpacked = 256 << 20 // bytes, of all its parts together
	maxCells    = 20 << 20
)

// parts are the names with which the entries of a workbook begin. Any other zip is none.
var parts = [][]byte{[]byte("[Content_Types].xml"), []byte("_rels/"), []byte("docProps/"), []byte("xl/")}

// Workbook reports whether a content is a workbook (XLSX): a zip that begins with one of its parts.
func Workbook(head []byte) bool {
	const fixed = 30 // bytes of an entry's header before its name
	if len(head) < fixed || !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return false
	}
	return slices.ContainsFunc(parts, func(name []byte) bool { return bytes.HasPrefix(head[fixed:], name) })
}

// openWorkbook looks at a workbook and reads the sheet that ctx names, or the first that is not hidden.
//
// excelize unpacks it within limits, finds its sheets and knows its styles. The sheet itself is read here:
// its own reader ends in silence where the XML is broken, and does not say which numbers are dates.
func openWorkbook(ctx *feed.Context, body []byte) (*Content, error) {
	c, err := unpack(ctx, body)
	if errors.Is(err, errUnpacked) {
		return nil, feed.Half(ctx.Reject(0, 0, "the workbook would unpack to more than the %d MiB that are read: nothing of it was; if it is a real one, delete what is not needed, or save its sheet as CSV", maxUnpacked>>20))
	}
	if err != nil && !errors.Is(err, feed.ErrHalf) {
		return nil, feed.Half(ctx.Reject(0, 0, "the workbook cannot be read: %v; wait until it is written, or save it again as .xlsx", err))
	}
	return c, err
}

// errUnpacked is a workbook that is larger than what is read, as one is that was made to fill the memory.
var errUnpacked = errors.New("too large when unpacked")

// fits looks at what the parts of a workbook say of their size; none unpacks to more than it says.
func fits(body []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return err
	}
	left := uint64(maxUnpacked)
	for _, f := range archive.File {
		if f.UncompressedSize64 > left {
			return errUnpacked
		}
		left -= f.UncompressedSize64
	}
	return nil
}

func unpack(ctx *feed.Context, body []byte) (c *Content, err error) {
	defer fault.Into(&err) // of a library that was not written for broken workbooks
	if err := fits(body); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked,
		UnzipXMLSizeLimit: maxUnpacked, // or what is larger would go to files
	})
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it has no files of its own: see the limits above
	sheet, path, err := find(file, ctx.Sheet)
	if err != nil {
		return nil, feed.Half(ctx.Reject(0, 0, "%v", err))
	}
	data, ok := part(file, path)
	if !ok {
		return nil, fmt.Errorf("the sheet %q is not in it", sheet)
	}
	b := &book{ctx: ctx, sheet: sheet, styles: dateStyles(file)}
	if shared, ok := part(file, "xl/sharedStrings.xml"); ok {
		if b.shared, err = sharedStrings(shared); err != nil {
			return nil, fmt.Errorf("its texts: %w", err)
		}
	}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		b.from1904 = *props.Date1904
	}
	if err := b.read(data); err != nil {
		return nil, fmt.Errorf("the sheet %q: %w", sheet, err)
	}
	c = &Content{size: len(b.rows)}
	if b.empty > 0 {
		c.Warnings = append(c.Warnings, fmt.Sprintf("sheet %q: %d formulas without a result, the first in %s, are taken as empty: open the workbook and save it again",
			sheet, b.empty, b.firstEmpty))
	}
	c.readers = append(c.readers, func() (Reader, error) { return &sheetReader{book: b}, nil })
	return c, nil
}

// find is the sheet of a name, or the first that is not hidden, and the part that holds it.
func find(file *excelize.File, name string) (sheet, path string, err error) {
	var names []string
	id := ""
	for _, s := range file.WorkBook.Sheets.Sheet {
		names = append(names, s.Name)
		if id == "" && (name != "" && strings.EqualFold(s.Name, name) || name == "" && s.State != "hidden" && s.State != "veryHidden") {
			sheet, id = s.Name, s.ID
		}
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = strconv.Quote(n)
	}
	switch all := strings.Join(quoted, ", "); {
	case id != "":
	case len(names) == 0:
		return "", "", errors.New("the workbook has no sheet: save it again as .xlsx")
	case name == "":
		return "", "", fmt.Errorf("every sheet of the workbook is hidden (%s), and what is hidden is not read unasked: show one in the spreadsheet and save it, or name it in sheet = of its [[source]]", all)
	default:
		return "", "", fmt.Errorf("the workbook has no sheet %q: name one of %s in sheet = of its [[source]]", name, all)
	}
	relations, _ := part(file, "xl/_rels/workbook.xml.rels")
	target, err := relation(relations, id)
	if err != nil {
		return "", "", err
	}
	if rooted, ok := strings.CutPrefix(target, "/"); ok {
		return sheet, rooted, nil
	}
	return sheet, "xl/" + target, nil
}

// part is the bytes of a part; its name is compared as Office does, without regard to capitals.
func part(file *excelize.File, name string) (data []byte, ok bool) {
	file.Pkg.Range(func(key, value any) bool {
		if k, is := key.(string); is && strings.EqualFold(k, name) {
			data, ok = value.([]byte)
		}
		return !ok
	})
	return data, ok
}

// dateStyles tells which styles of cells are formats of dates.
func dateStyles(file *excelize.File) func(style int) bool {
	known := map[int]bool{}
	return func(style int) bool {
		is, seen := known[style]
		if !seen {
			if s, err := file.GetStyle(style); err == nil && s != nil {
				is = dateFormat(s.NumFmt, s.CustomNumFmt)
			}
			known[style] = is
		}
		return is
	}
}

// dateFormat reports whether a number format shows a date: by its number in the standard (ECMA-376, 18.8.30),
// or by the letters of its code outside quotes and brackets.
func dateFormat(number int, code *string) bool {
	if code == nil || *code == "" {
		return number >= 14 && number <= 17 || number == 22 || number >= 27 && number <= 31 || number == 36 || number >= 50 && number <= 58
	}
	quoted, bracket := false, false
	for n := 0; n < len(*code); n++ {
		switch c := (*code)[n]; {
		case c == '\\' || c == '_' || c == '*':
			n++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'Y' || c == 'd' || c == 'D':
			return true
		}
	}
	return false
}
