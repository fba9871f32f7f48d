package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"piper/internal/finance"
	"piper/internal/run"
)

func printJSON(v any) error {
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func printRun(rec *run.Run) {
	fmt.Printf("%s: %s. %s\n", rec.Job, rec.Outcome, rec.Message)
	for _, name := range slices.Sorted(maps.Keys(rec.Counts)) {
		fmt.Printf("  %-12s %d\n", name, rec.Counts[name])
	}
	for _, r := range rec.Rejects {
		fmt.Printf("  not taken: %s: %s\n", r.Ref, r.Reason)
	}
}

// printImport says what an import came to, line by line where lines are wrong.
func printImport(r *finance.Result) {
	fmt.Printf("%d lines read, %d of them right.\n", r.Rows, r.Valid)
	for _, note := range r.Notes {
		fmt.Println("  " + note)
	}
	for _, e := range r.Errors {
		fmt.Printf("  line %d, %s: %s\n", e.Row, e.Field, e.Message)
	}
	if more := r.ErrorCount - len(r.Errors); more > 0 {
		fmt.Printf("  and %d more errors\n", more)
	}
	if len(r.NewDonors) > 0 {
		fmt.Println("  donors nobody had: " + strings.Join(r.NewDonors, ", "))
	}
	switch {
	case r.ErrorCount > 0:
	case r.DryRun:
		fmt.Println("This was a dry run; nothing was changed.")
	default:
		fmt.Printf("%d lines imported, %d of them without a rate yet.\n", r.Created, r.NotConverted)
	}
}
