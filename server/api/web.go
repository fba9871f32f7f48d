package api

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
)

// contentPolicy is what the application's own pages may load: only what Piper itself serves. Styles in
// attributes are how the component library positions things.
const contentPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
	"font-src 'self' data:; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Piper</title>
<p>Piper's server runs, but its front end has not been built into it. Run <code>make build</code> and start it again.</p></html>`

// asset is one file of the front end.
type asset struct {
	plain       []byte
	zipped      func() []byte // compressed when first asked for; nil where that gains nothing
	contentType string
	immutable   bool // its name holds a hash of its content
}

// web serves the front end: its files, and its index for every path that is a screen.
func (a *API) web() gin.HandlerFunc {
	assets := loadAssets(a.Dist)
	return func(c *gin.Context) {
		p := path.Clean(c.Request.URL.Path)
		if p == "/api" || strings.HasPrefix(p, "/api/") {
			writeProblem(c, fault.New(fault.NotFound, "There is nothing at this address."))
			return
		}
		if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
			writeProblem(c, newProblem(http.StatusMethodNotAllowed, fault.NotFound, "This address only takes GET.", nil))
			return
		}
		file, ok := assets[strings.TrimPrefix(p, "/")]
		if !ok && path.Ext(p) != "" {
			c.String(http.StatusNotFound, "There is no such file.")
			return
		}
		if !ok {
			file, ok = assets["index.html"]
		}
		h := c.Writer.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		if !ok {
			c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(notBuilt))
			return
		}
		h.Set("Vary", "Accept-Encoding")
		h.Set("Cache-Control", "no-cache")
		if file.immutable {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		body := file.plain
		if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
			if zipped := file.zipped(); zipped != nil {
				h.Set("Content-Encoding", "gzip")
				body = zipped
			}
		}
		c.Data(http.StatusOK, file.contentType, body)
	}
}

func loadAssets(dist fs.FS) map[string]asset {
	assets := map[string]asset{}
	_ = fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		plain, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		kind := mime.TypeByExtension(path.Ext(name))
		if kind == "" {
			kind = "application/octet-stream"
		}
		file := asset{plain: plain, contentType: kind, immutable: strings.HasPrefix(name, "assets/")}
		file.zipped = sync.OnceValue(func() []byte { return compress(plain) })
		assets[name] = file
		return nil
	})
	return assets
}

// compress gives b zipped, or nil where that gains less than a tenth.
func compress(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(b)
	_ = w.Close()
	if out.Len() > len(b)*9/10 {
		return nil
	}
	return out.Bytes()
}
