package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"piper/config"
	"piper/internal/access"
	"piper/internal/store/mongo"
)

// storeFile is the embedded store in the data folder.
const storeFile = "piper.db"

// The files beside the store without which it is of little use: the keys, and the audit's head.
var keyFiles = []string{"secret.key", "audit.key"}

// headFile remembers the newest seal of the audit journal.
const headFile = "audit.head"

// besides are all files that a backup holds beside the store.
var besides = append([]string{headFile}, keyFiles...)

// backup writes a consistent copy of the store, and the keys, into one file (tar, gzip, mode 0600).
// Whoever has the file has everything, so it deserves the same care as the data folder.
func backup(ctx context.Context, cfg config.Config, args []string) (err error) {
	if len(args) != 1 {
		return exit{exitUsage, "say into which FILE"}
	}
	app, err := newApp(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.Close()) }()
	ctx = access.AsSystem(ctx, "backup")

	// The head goes first: one that is newer than the copy of the store would look like a journal with
	// its end cut off.
	head, err := os.ReadFile(cfg.Path("audit.head"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	copied, err := os.CreateTemp(filepath.Dir(args[0]), ".piper-backup-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(copied.Name()) }()
	defer copied.Close()
	if err := app.db.Backup(ctx, copied); err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(args[0]), ".piper-backup-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(out.Name()) }() // gone already once it has its name
	defer out.Close()
	zipped := gzip.NewWriter(out)
	archive := tar.NewWriter(zipped)
	if _, err = copied.Seek(0, io.SeekStart); err == nil {
		err = add(archive, storeFile, copied)
	}
	if err == nil && head != nil {
		err = addBytes(archive, headFile, head)
	}
	for _, name := range keyFiles {
		if err != nil {
			break
		}
		var f *os.File
		if f, err = os.Open(cfg.Path(name)); errors.Is(err, fs.ErrNotExist) {
			err = nil
			continue
		} else if err == nil {
			err = errors.Join(add(archive, name, f), f.Close())
		}
	}
	if err = errors.Join(err, archive.Close(), zipped.Close(), out.Sync()); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), args[0]); err != nil {
		return err
	}
	fmt.Println("Backed up into", args[0])
	return nil
}

func addBytes(archive *tar.Writer, name string, content []byte) error {
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), ModTime: time.Now()}); err != nil {
		return err
	}
	_, err := archive.Write(content)
	return err
}

func add(archive *tar.Writer, name string, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}); err != nil {
		return err
	}
	_, err = io.CopyN(archive, f, info.Size())
	return err
}

// restore puts a backup in the place of the store. What was there is kept beside it under a name with
// the time, and nothing is touched before the whole backup has been unpacked.
func restore(ctx context.Context, cfg config.Config, args []string) error {
	if len(args) != 1 {
		return exit{exitUsage, "say from which FILE"}
	}
	if cfg.Mongo() {
		return restoreMongo(ctx, cfg, args[0])
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return err
	}
	lock, err := lockData(cfg, exclusive)
	if err != nil {
		return err
	}
	defer lock.Close()
	unpacked, err := os.MkdirTemp(cfg.Data, ".restore-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(unpacked) }()
	if err := unpack(args[0], unpacked); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(unpacked, storeFile)); err != nil {
		return exit{exitFailed, args[0] + " holds no store of Piper's"}
	}
	stamp := ".before-restore-" + time.Now().UTC().Format("20060102T150405Z")
	for _, name := range append([]string{storeFile, storeFile + "-wal", storeFile + "-shm"}, besides...) {
		if err := os.Rename(cfg.Path(name), cfg.Path(name+stamp)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, name := range append([]string{storeFile}, besides...) {
		if err := os.Rename(filepath.Join(unpacked, name), cfg.Path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := lock.Close(); err != nil {
		return err
	}
	if err := noteRestore(ctx, cfg, args[0]); err != nil {
		return err
	}
	fmt.Println("Restored", args[0], "into", cfg.Data+"; what was there before is kept as *"+stamp)
	return nil
}

// noteRestore leaves an entry in the restored journal, so that it says itself why it ends earlier than
// somebody may remember.
func noteRestore(ctx context.Context, cfg config.Config, path string) error {
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		return a.audit.Accept(ctx, "Restored the backup "+filepath.Base(path))
	})
}

// unpack writes the files of a backup into dir; a file that a backup does not have is refused.
func unpack(path, dir string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		return exit{exitFailed, path + " is not a backup of Piper's"}
	}
	archive := tar.NewReader(zipped)
	known := map[string]bool{storeFile: true}
	for _, name := range besides {
		known[name] = true
	}
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		if !known[h.Name] {
			return exit{exitFailed, fmt.Sprintf("%s holds a file %q, which no backup of Piper's has", path, h.Name)}
		}
		if err := writeFile(filepath.Join(dir, h.Name), archive); err != nil {
			return fmt.Errorf("unpacking %s: %w", h.Name, err)
		}
	}
}

func writeFile(path string, r io.Reader) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, r)
	return errors.Join(err, out.Sync(), out.Close())
}

// restoreMongo fills the empty database that PIPER_STORE names. The keys of the backup are put into the
// data folder where it has none.
func restoreMongo(ctx context.Context, cfg config.Config, path string) (err error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return err
	}
	unpacked, err := os.MkdirTemp(cfg.Data, ".restore-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(unpacked) }()
	if err := unpack(path, unpacked); err != nil {
		return err
	}
	engine, err := mongo.Open(ctx, cfg.Store, mongo.Options{AllowStandalone: cfg.AllowStandaloneMongo})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	documents, err := os.Open(filepath.Join(unpacked, storeFile))
	if err != nil {
		return err
	}
	defer documents.Close()
	if err := engine.Restore(ctx, documents); err != nil {
		return err
	}
	for _, name := range besides {
		if err := os.Link(filepath.Join(unpacked, name), cfg.Path(name)); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := noteRestore(ctx, cfg, path); err != nil {
		return err
	}
	fmt.Println("Restored", path, "into the database of PIPER_STORE")
	return nil
}
