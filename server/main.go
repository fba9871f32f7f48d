// Command piper is the stakeholder and funding intelligence CRM of a small international secretariat.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"piper/config"
	"piper/internal/fault"
)

// version is set by the build.
var version = "dev"

// Exit statuses that scripts may rely on.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitPartial     = 3
	exitUnavailable = 4
)

// command is one thing that piper does from a shell.
type command struct {
	name, usage, about string
	run                func(ctx context.Context, cfg config.Config, args []string) error
}

func commands() []command {
	return []command{
		{"serve", "", "serve the web face and run the timetable (what piper does unless told otherwise)", serve},
		{"account add", "--email E --name N --role R --password-stdin", "add an account; R is administrator, fundraiser, advocate or board", accountAdd},
		{"token add", "--email E --scope read|write [--name N]", "make an API token for an account and print it", tokenAdd},
		{"source add", "--kind sedia|rss --name N --url U", "add a source of calls", sourceAdd},
		{"mailbox add", "--owner E --host H --port P --tls=on|starttls|off [--ca FILE] --user U --password-stdin --folder F…", "add a mailbox to read", mailboxAdd},
		{"job", "NAME [--json]", "run a job now and print its run", jobRun},
		{"import income", "FILE [--dry-run] [--json]", "import income lines from a CSV or XLSX file", importIncome},
		{"import stakeholders", "FILE [--existing skip|fill|overwrite] [--dry-run] [--json]", "import stakeholders from a CSV, XLSX or vCard file", importStakeholders},
		{"import revert", "ID", "take an import of stakeholders back", revertStakeholders},
		{"audit verify", "", "check that no audit entry was changed, removed or cut off", auditVerify},
		{"backup", "FILE", "write everything into one file, also while Piper runs", backup},
		{"restore", "FILE", "put a backup in the place of the data folder's store", restore},
		{"health", "", "ask the running Piper whether it is well", healthCheck},
		{"openapi", "", "print the API's description (OpenAPI 3.1)", printOpenAPI},
		{"version", "", "print the version", printVersion},
	}
}

// exit is an error that carries the exit status; its message has been printed already where it is empty.
type exit struct {
	status  int
	message string
}

func (e exit) Error() string { return e.message }

func main() {
	tuneCollector()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := dispatch(ctx, os.Args[1:])
	stop()
	var e exit
	switch {
	case err == nil:
		return
	case errors.As(err, &e):
		if e.message != "" {
			fmt.Fprintln(os.Stderr, "piper:", e.message)
		}
		os.Exit(e.status)
	}
	fmt.Fprintln(os.Stderr, "piper:", err)
	if fault.Is(err, fault.Unavailable) || fault.Is(err, fault.Busy) {
		os.Exit(exitUnavailable)
	}
	os.Exit(exitFailed)
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		args = []string{"serve"}
	}
	for _, c := range commands() {
		rest, ok := cutWords(args, c.name)
		if !ok {
			continue
		}
		cfg, err := config.Load()
		if err != nil {
			return exit{exitUsage, err.Error()}
		}
		return c.run(ctx, cfg, rest)
	}
	help()
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		return nil
	}
	return exit{exitUsage, fmt.Sprintf("there is no command %q", args[0])}
}

// cutWords takes a command's words off the front of the arguments.
func cutWords(args []string, name string) ([]string, bool) {
	var word string
	for name != "" {
		word, name = firstWord(name)
		if len(args) == 0 || args[0] != word {
			return nil, false
		}
		args = args[1:]
	}
	return args, true
}

func firstWord(s string) (first, rest string) {
	for i := range s {
		if s[i] == ' ' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func help() {
	fmt.Fprintln(os.Stderr, "Usage: piper COMMAND; the settings come from the environment, see config/example.env.")
	for _, c := range commands() {
		fmt.Fprintf(os.Stderr, "\n  piper %s %s\n      %s\n", c.name, c.usage, c.about)
	}
}

func printVersion(context.Context, config.Config, []string) error {
	fmt.Println("piper", version)
	return nil
}
