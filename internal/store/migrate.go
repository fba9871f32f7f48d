package store

import (
	"context"
	"fmt"

	"piper/internal/fault"
)

// Migration brings the data from the version before to Version. Run sees tables and indexes as they are
// declared now, runs in a Tx together with the note that it is done, and may run again like any Tx.
type Migration struct {
	Version int    // 1, 2, 3 …
	Name    string // what it does, for the log and for errors
	Run     func(ctx context.Context, db *DB) error
}

// schemaVersion is the one document that says how far the migrations of a database went.
type schemaVersion struct {
	Meta
	Version int `json:"version"`
}

const schemaID = "version"

// SchemaVersion gives the version of the data after Start.
func (db *DB) SchemaVersion() int { return db.version }

// Start makes tables and indexes for what was declared and runs the migrations that are due. A failed
// migration leaves data as it was. A database that a newer program has migrated is refused untouched.
func (db *DB) Start(ctx context.Context, migrations []Migration) error {
	ctx = systemSight(ctx)
	for i, m := range migrations {
		if m.Version != i+1 {
			return fault.New(fault.Internal, "Migration %d (%s) stands at place %d.", m.Version, m.Name, i+1)
		}
	}
	known := len(migrations)
	have, err := db.begin(ctx)
	if err != nil {
		return err
	}
	if have > known {
		return fault.New(fault.Unavailable, "This database was last used by a newer Piper (its data is at version %d, this program knows %d). Start the newer program, or restore a backup from before.", have, known)
	}
	if err := db.engine.Ensure(ctx, db.schemas); err != nil {
		return engineFault(fmt.Errorf("tables and indexes: %w", err))
	}
	for _, m := range migrations[have:] {
		if err := db.migrate(ctx, m); err != nil {
			return fault.Wrap(err, fault.Internal, "Migration %d (%s) failed; the data is as it was before it.", m.Version, m.Name)
		}
	}
	db.version = known
	return nil
}

// Join is Start for a program beside Piper, such as a measurement, on data that Piper has brought to its version or will.
func (db *DB) Join(ctx context.Context) (err error) {
	ctx = systemSight(ctx)
	if db.version, err = db.begin(ctx); err != nil {
		return err
	}
	return engineFault(db.engine.Ensure(ctx, db.schemas))
}

// begin ends the declarations and gives the version of the data.
func (db *DB) begin(ctx context.Context) (version int, err error) {
	db.started = true
	if err := db.engine.Ensure(ctx, db.schemas[:1]); err != nil {
		return 0, engineFault(err)
	}
	return db.storedVersion(ctx)
}

// systemSight lets migrations reach everything, and leaves a context that says who reads as it is in
// every other way.
func systemSight(ctx context.Context) context.Context {
	return WithSight(ctx, Sight{All: true})
}

func (db *DB) storedVersion(ctx context.Context) (int, error) {
	v, err := db.versions.Get(ctx, schemaID)
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return v.Version, nil
}

// migrate runs one migration, unless another process has done so meanwhile.
func (db *DB) migrate(ctx context.Context, m Migration) error {
	return db.Tx(ctx, func(ctx context.Context) error {
		have, err := db.storedVersion(ctx)
		if err != nil || have >= m.Version {
			return err
		}
		if err := m.Run(ctx, db); err != nil {
			return err
		}
		if have == 0 {
			return db.versions.Create(ctx, &schemaVersion{Meta: Meta{ID: schemaID}, Version: m.Version})
		}
		_, err = db.versions.Update(ctx, schemaID, func(v *schemaVersion) error {
			v.Version = m.Version
			return nil
		})
		return err
	})
}
