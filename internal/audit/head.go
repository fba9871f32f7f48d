package audit

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"piper/internal/fault"
)

// keyLength is in bytes.
const keyLength = 32

// OpenKey reads the audit key, or makes it (file mode 0600) where there is none yet. A new key comes
// with a head file that says that nothing is sealed; the head file is written first, so that a key
// without a head file always means that somebody took the head file away.
func OpenKey(keyPath, headPath string) ([]byte, error) {
	key, err := readKey(keyPath)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	key = make([]byte, keyLength)
	rand.Read(key) // never fails
	if headPath != "" {
		if err := writeHead(headPath, key, 0, ""); err != nil {
			return nil, err
		}
	}
	// A hard link fails where the file exists: of two processes at their first start, one makes the key
	// and both use it.
	temp, err := writeTemp(keyPath, []byte(hex.EncodeToString(key)+"\n"))
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp)
	err = os.Link(temp, keyPath)
	if errors.Is(err, fs.ErrExist) {
		if key, err = readKey(keyPath); err != nil || headPath == "" {
			return key, err
		}
		return key, writeHead(headPath, key, 0, "")
	}
	if err != nil {
		return nil, fmt.Errorf("audit: make the key %s: %w", keyPath, err)
	}
	return key, syncDir(keyPath)
}

func readKey(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("audit: read the key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keyLength {
		return nil, fmt.Errorf("audit: %s is not an audit key (64 hexadecimal digits)", path)
	}
	return key, nil
}

// head is the content of the head file: the newest seal that this machine knows of.
type head struct {
	Seq   int64  `json:"seq"`
	Mac   string `json:"mac"`   // of the seal
	Check string `json:"check"` // keyed, over the two above
}

// readHead gives a fault with a sentence where the file is missing or was not written by Piper.
func readHead(path string, key []byte) (head, error) {
	var h head
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return h, fault.Wrap(err, fault.Internal, "The file %s, which remembers the newest seal of the audit journal, is missing.", filepath.Base(path))
	}
	if err != nil {
		return h, fmt.Errorf("audit: read the head file: %w", err)
	}
	if err := json.Unmarshal(text, &h); err != nil || !same(h.Check, headMac(key, h.Seq, h.Mac)) {
		return head{}, fault.New(fault.Internal, "The file %s, which remembers the newest seal of the audit journal, was not written with this audit key.", filepath.Base(path))
	}
	return h, nil
}

// writeHead replaces the head file in one step; after it returns the new one survives a power cut.
func writeHead(path string, key []byte, seq int64, mac string) error {
	text, err := json.Marshal(head{Seq: seq, Mac: mac, Check: headMac(key, seq, mac)})
	if err != nil {
		return fmt.Errorf("audit: encode the head: %w", err)
	}
	temp, err := writeTemp(path, append(text, '\n'))
	if err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		os.Remove(temp)
		return fmt.Errorf("audit: replace the head file: %w", err)
	}
	return syncDir(path)
}

// writeTemp writes a file (mode 0600) beside path and gives its name.
func writeTemp(path string, data []byte) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return "", fmt.Errorf("audit: write beside %s: %w", path, err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(f.Name())
		return "", fmt.Errorf("audit: write beside %s: %w", path, err)
	}
	return f.Name(), nil
}

// syncDir makes a file's new name durable.
func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("audit: open the folder of %s: %w", path, err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("audit: sync the folder of %s: %w", path, err)
	}
	return nil
}
