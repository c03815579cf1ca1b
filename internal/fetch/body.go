package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"
)

// errTooLarge says that an answer exceeds [MaxBody].
var errTooLarge = refuse("the answer has more than %d MiB, of which none is read: ask for less, or fetch it by other means and name the file by path", MaxBody>>20)

// capped reads at most n bytes and then says that there is more.
type capped struct {
	r io.Reader
	n int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.n < 0 {
		return 0, errTooLarge
	}
	if int64(len(p)) > c.n+1 {
		p = p[:c.n+1]
	}
	n, err := c.r.Read(p)
	if c.n -= int64(n); c.n < 0 {
		return n, errTooLarge
	}
	return n, err
}

// readBody reads an answer whole, decompressed. What is shorter than it said, what is not whole inside, and what
// is larger than [MaxBody] is an error.
func readBody(resp *http.Response) ([]byte, error) {
	if resp.ContentLength > MaxBody {
		return nil, errTooLarge
	}
	wire := &counted{r: &capped{resp.Body, MaxBody}}
	plain, rest, err := decompressed(wire, resp.Header.Values("Content-Encoding"))
	if err != nil {
		return nil, wire.cut(err)
	}
	body, err := io.ReadAll(&capped{plain, MaxBody})
	if err != nil {
		return nil, wire.cut(compressedWords(err))
	}
	// What follows the end of what was compressed belongs to no content.
	if more, err := io.Copy(io.Discard, rest); err != nil {
		return nil, err
	} else if more > 0 {
		return nil, refuse("the answer goes on behind the end of its compressed content")
	}
	if resp.ContentLength >= 0 && wire.n != resp.ContentLength {
		return nil, io.ErrUnexpectedEOF
	}
	return body, nil
}

// counted counts what is read through it.
type counted struct {
	r     io.Reader
	n     int64
	ended bool // all that was sent has come
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.ended = c.ended || errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF)
	return n, err
}

// cut tells a compressed content that ends too soon from a connection that broke: all that the server sent has come.
func (c *counted) cut(err error) error {
	if c.ended && (errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)) {
		return refuse("the answer is compressed, and what is compressed is damaged or ends too soon: nothing of it is used")
	}
	return err
}

// decompressed undoes the one encoding that was asked for. rest is where what follows the content is read.
func decompressed(wire io.Reader, encodings []string) (plain, rest io.Reader, err error) {
	r := bufio.NewReader(wire)
	switch encoding := strings.ToLower(strings.TrimSpace(strings.Join(encodings, ","))); encoding {
	case "", "identity":
		plain = r
	case "gzip", "x-gzip":
		plain, err = gzip.NewReader(r)
	case "deflate":
		// Some servers mean zlib, as they should, and some the bare stream.
		if head, errHead := r.Peek(2); errHead == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			plain, err = zlib.NewReader(r)
		} else {
			plain = flate.NewReader(r)
		}
	default:
		err = refuse("the answer is compressed in a way that was not asked for: only gzip and deflate are")
	}
	if err != nil {
		return nil, nil, compressedWords(err)
	}
	return plain, r, nil
}

// compressedWords tells a content that is damaged from a connection that broke.
func compressedWords(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrHeader), errors.Is(err, zlib.ErrChecksum),
		errors.Is(err, zlib.ErrDictionary), errors.As(err, &corrupt):
		return refuse("the answer says that it is compressed, and is not, or is damaged")
	default:
		return err
	}
}

// isHTML reports whether a content is a web page by its beginning.
func isHTML(body []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n")
	for bytes.HasPrefix(head, []byte("<!--")) { // a comment may stand before
		_, after, ok := bytes.Cut(head, []byte("-->"))
		if !ok {
			return false
		}
		head = bytes.TrimLeft(after, " \t\r\n")
	}
	head = bytes.ToLower(head[:min(len(head), 64)])
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}
