package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"piper/config"
	"piper/internal/fault"
	"piper/internal/stakeholder/importer"
)

// importStakeholders brings a file in without questions: columns are mapped by a saved mapping that fits, else by
// their names. What could not be taken is listed; the rest is imported.
func importStakeholders(ctx context.Context, cfg config.Config, args []string) error {
	var dryRun, asJSON bool
	var policy string
	rest, err := flags("import stakeholders", args, 1, func(f *flag.FlagSet) {
		f.BoolVar(&dryRun, "dry-run", false, "say what would become of every row and change nothing")
		f.BoolVar(&asJSON, "json", false, "print the import as JSON")
		f.StringVar(&policy, "existing", "skip", "what becomes of rows whose stakeholder is there: skip, fill (empty fields only) or overwrite")
	})
	if err != nil {
		return err
	}
	if p := importer.Policy(policy); p != importer.Skip && p != importer.Fill && p != importer.Overwrite {
		return exit{exitUsage, "--existing is skip, fill or overwrite"}
	}
	data, err := os.ReadFile(rest[0])
	if err != nil {
		return exit{exitUsage, err.Error()}
	}
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		imp, err := a.imports.Upload(ctx, filepath.Base(rest[0]), data)
		if err != nil {
			return err
		}
		data = nil
		settings := imp.Settings()
		settings.Policy = importer.Policy(policy)
		if imp, err = a.imports.Set(ctx, imp.ID, imp.Rev, settings); err != nil {
			return err
		}
		if _, err = a.imports.Check(ctx, imp.ID); err == nil {
			imp, err = a.worked(ctx, imp.ID)
		}
		if err == nil && !dryRun && imp.State == importer.Checked && imp.Counts.Create+imp.Counts.Update > 0 {
			if _, err = a.imports.Apply(ctx, imp.ID); err == nil {
				imp, err = a.worked(ctx, imp.ID)
			}
		}
		if err != nil {
			return err
		}
		return a.reportImport(ctx, imp, dryRun, asJSON)
	})
}

// revertStakeholders takes an import back.
func revertStakeholders(ctx context.Context, cfg config.Config, args []string) error {
	rest, err := flags("import revert", args, 1, func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		if _, err := a.imports.Revert(ctx, rest[0]); err != nil {
			return err
		}
		imp, err := a.worked(ctx, rest[0])
		if err != nil {
			return err
		}
		if imp.State != importer.Reverted {
			return exit{exitFailed, imp.Message}
		}
		fmt.Printf("%d removed, %d restored, %d kept because they were changed or referred to since\n", imp.Back.Removed, imp.Back.Restored, imp.Back.Kept)
		return nil
	})
}

// worked runs the job here until the import waits for a person again, or waits for the Piper that runs it.
func (a *App) worked(ctx context.Context, id string) (*importer.StakeholderImport, error) {
	for {
		if _, err := a.runner.Execute(ctx, "imports", "command line"); err != nil && !fault.Is(err, fault.Busy) {
			return nil, err
		}
		imp, err := a.imports.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		if !imp.Under() {
			return imp, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func (a *App) reportImport(ctx context.Context, imp *importer.StakeholderImport, dryRun, asJSON bool) error {
	if asJSON {
		if err := printJSON(imp); err != nil {
			return err
		}
	} else {
		for _, note := range append([]string{imp.SameAs}, imp.Notes...) {
			if note != "" {
				fmt.Println(note)
			}
		}
		c := imp.Counts
		fmt.Printf("%s %s: %d rows, %d to create (%d of them organisations that rows name), %d to update, %d posts, %d skipped, %d with errors\n", imp.ID, imp.State, c.Rows, c.Create, c.Organisations, c.Update, c.Posts, c.Skip, c.Error)
		shown := 0
		if err := a.imports.Unplaced(ctx, imp, func(r *importer.ImportRow) error {
			if shown++; shown <= 20 {
				fmt.Printf("  line %d: %s\n", r.N, r.Reason)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	switch {
	case imp.Message != "":
		return exit{exitFailed, imp.Message}
	case imp.Counts.Error > 0:
		return exit{status: exitPartial}
	}
	return nil
}
