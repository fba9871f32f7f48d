package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"piper/config"
	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/calls"
	"piper/internal/fault"
	"piper/internal/mail"
	"piper/internal/run"
)

// withApp opens Piper for one command, which acts as the command line.
func withApp(ctx context.Context, cfg config.Config, do func(ctx context.Context, a *App) error) (err error) {
	app, err := newApp(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.Close()) }()
	return do(access.AsSystem(ctx, "command line"), app)
}

// flags reads a command's flags; what is left over is refused unless the command takes operands.
func flags(name string, args []string, operands int, define func(*flag.FlagSet)) ([]string, error) {
	set := flag.NewFlagSet("piper "+name, flag.ContinueOnError)
	define(set)
	var rest []string
	for len(args) > 0 { // flags may also follow an operand
		if err := set.Parse(args); err != nil {
			return nil, exit{status: exitUsage}
		}
		args = set.Args()
		if len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	if len(rest) != operands {
		return nil, exit{exitUsage, fmt.Sprintf("piper %s takes %d arguments beside its flags, not %d; see piper help", name, operands, len(rest))}
	}
	return rest, nil
}

// readPassword takes the first line of standard input.
func readPassword(wanted bool) (string, error) {
	if !wanted {
		return "", exit{exitUsage, "give the password on standard input and say --password-stdin; it is never an argument, where others could see it"}
	}
	line, err := bufio.NewReader(io.LimitReader(os.Stdin, 1<<16)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func accountAdd(ctx context.Context, cfg config.Config, args []string) error {
	var n account.New
	var role string
	var stdin bool
	_, err := flags("account add", args, 0, func(f *flag.FlagSet) {
		f.StringVar(&n.Email, "email", "", "e-mail address, by which they sign in")
		f.StringVar(&n.Name, "name", "", "name")
		f.StringVar(&role, "role", "", "administrator, fundraiser, advocate or board")
		f.BoolVar(&stdin, "password-stdin", false, "read the password from standard input")
	})
	if err != nil {
		return err
	}
	if n.Password, err = readPassword(stdin); err != nil {
		return err
	}
	n.Role = access.Role(role)
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		added, err := a.accounts.Add(ctx, n)
		if err != nil {
			return err
		}
		fmt.Println(added.ID)
		return nil
	})
}

func tokenAdd(ctx context.Context, cfg config.Config, args []string) error {
	var email, scope, name string
	_, err := flags("token add", args, 0, func(f *flag.FlagSet) {
		f.StringVar(&email, "email", "", "whose token")
		f.StringVar(&scope, "scope", "", "read or write")
		f.StringVar(&name, "name", "command line", "what it is for")
	})
	if err != nil {
		return err
	}
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		who, err := a.accounts.ByEmail(ctx, email)
		if err != nil {
			return err
		}
		token, _, err := a.accounts.IssueToken(ctx, who.ID, account.NewToken{Name: name, Scope: account.Scope(scope)})
		if err != nil {
			return err
		}
		fmt.Println(token)
		return nil
	})
}

func sourceAdd(ctx context.Context, cfg config.Config, args []string) error {
	s := &calls.Source{Enabled: true}
	var kind string
	_, err := flags("source add", args, 0, func(f *flag.FlagSet) {
		f.StringVar(&kind, "kind", "", "sedia (EU Funding & Tenders) or rss")
		f.StringVar(&s.Name, "name", "", "name")
		f.StringVar(&s.URL, "url", "", "address")
	})
	if err != nil {
		return err
	}
	s.Kind = calls.SourceKind(kind)
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		if err := a.calls.CreateSource(ctx, s); err != nil {
			return err
		}
		fmt.Println(s.ID)
		return nil
	})
}

func mailboxAdd(ctx context.Context, cfg config.Config, args []string) error {
	in := mail.MailboxInput{Enabled: true, Auth: mail.AuthPassword}
	var owner, ca string
	var stdin bool
	_, err := flags("mailbox add", args, 0, func(f *flag.FlagSet) {
		f.StringVar(&owner, "owner", "", "e-mail address of the account that owns it")
		f.StringVar(&in.Name, "name", "", "name; the user unless given")
		f.StringVar(&in.Host, "host", "", "IMAP server")
		f.IntVar(&in.Port, "port", 993, "its port")
		f.StringVar(&in.TLS, "tls", "on", "on, starttls or off")
		f.StringVar(&ca, "ca", "", "file with the certificate authority's certificate (PEM), for a private one")
		f.StringVar(&in.User, "user", "", "user at the server")
		f.BoolVar(&stdin, "password-stdin", false, "read the password from standard input")
		f.Func("folder", "a folder to read; say it again for each", func(v string) error { in.Folders = append(in.Folders, v); return nil })
	})
	if err != nil {
		return err
	}
	if in.Password, err = readPassword(stdin); err != nil {
		return err
	}
	if ca != "" {
		pem, err := os.ReadFile(ca)
		if err != nil {
			return exit{exitUsage, "--ca: " + err.Error()}
		}
		in.CAPEM = string(pem)
	}
	if in.Name == "" {
		in.Name = in.User
	}
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		who, err := a.accounts.ByEmail(ctx, owner)
		if err != nil {
			return err
		}
		in.OwnerID = who.ID
		box, err := a.mail.CreateMailbox(ctx, in)
		if err != nil {
			return err
		}
		fmt.Println(box.ID)
		return nil
	})
}

// jobRun runs a job here, also while another Piper serves the same store, and tells by its exit status
// how it went.
func jobRun(ctx context.Context, cfg config.Config, args []string) error {
	var asJSON bool
	rest, err := flags("job", args, 1, func(f *flag.FlagSet) { f.BoolVar(&asJSON, "json", false, "print the run as JSON") })
	if err != nil {
		return err
	}
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		rec, err := a.runner.Execute(ctx, rest[0], "command line")
		if fault.Is(err, fault.Busy) { // the run that is under way is what there is to print
			if last, notFound := a.runs.Last(ctx, rest[0]); notFound == nil && last.Outcome == run.Running {
				rec = last
			}
		}
		if rec == nil {
			return err
		}
		if asJSON {
			if err := printJSON(rec); err != nil {
				return err
			}
		} else {
			printRun(rec)
		}
		if err != nil {
			return err
		}
		switch rec.Outcome {
		case run.Done, run.Unchanged:
			return nil
		case run.Partial:
			return exit{status: exitPartial}
		case run.Unavailable:
			return exit{status: exitUnavailable}
		default:
			return exit{status: exitFailed}
		}
	})
}

func importIncome(ctx context.Context, cfg config.Config, args []string) error {
	var dryRun, asJSON bool
	rest, err := flags("import income", args, 1, func(f *flag.FlagSet) {
		f.BoolVar(&dryRun, "dry-run", false, "check the file and change nothing")
		f.BoolVar(&asJSON, "json", false, "print the result as JSON")
	})
	if err != nil {
		return err
	}
	data, err := os.ReadFile(rest[0])
	if err != nil {
		return exit{exitUsage, err.Error()}
	}
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		result, err := a.importer.Import(ctx, filepath.Base(rest[0]), data, dryRun)
		if result == nil {
			return err
		}
		if asJSON {
			if err := printJSON(result); err != nil {
				return err
			}
		} else {
			printImport(result)
		}
		if len(result.Errors) > 0 {
			return exit{exitFailed, "nothing was imported: the file has errors"}
		}
		return err
	})
}

func auditVerify(ctx context.Context, cfg config.Config, _ []string) error {
	return withApp(ctx, cfg, func(ctx context.Context, a *App) error {
		if _, err := a.audit.SealAll(ctx); err != nil { // the report below says why it cannot be sealed
			fmt.Fprintln(os.Stderr, "piper:", err)
		}
		report, err := a.audit.Verify(ctx)
		if err != nil {
			return err
		}
		fmt.Println(report.Sentence)
		for _, f := range report.Findings {
			fmt.Println("  ·", f.Sentence)
		}
		for _, n := range report.Notes {
			fmt.Println("  (" + n + ")")
		}
		if !report.Intact {
			return exit{status: exitFailed}
		}
		return nil
	})
}

func printOpenAPI(ctx context.Context, cfg config.Config, _ []string) error {
	return withApp(ctx, cfg, func(_ context.Context, a *App) error {
		if _, err := a.handler(); err != nil {
			return err
		}
		_, err := os.Stdout.Write(a.web.OpenAPI())
		return err
	})
}
