package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

var scripts = regexp.MustCompile(`<(?:script[^>]* src|link rel="modulepreload"[^>]* href)="/([^"]+)"`)

// firstLoad adds up the scripts that index.html names, compressed as Piper serves them.
func (b *bench) firstLoad() error {
	page, err := os.ReadFile("frontend/dist/index.html")
	if err != nil {
		return err
	}
	size, n := 0, 0
	for _, m := range scripts.FindAllSubmatch(page, -1) {
		text, err := os.ReadFile(filepath.Join("frontend", "dist", string(m[1])))
		if err != nil {
			return err
		}
		var out bytes.Buffer
		w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level exists
		if _, err := w.Write(text); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		size, n = size+out.Len(), n+1
	}
	if n == 0 {
		return fmt.Errorf("index.html names no script")
	}
	b.add(row{"JavaScript of the first load, compressed", fmt.Sprintf("%.0f KB in %d files", float64(size)/1e3, n), "", "", "< 250 KB", verdict(size < 250_000)})
	return nil
}
