// Package config is Piper's settings and the only reader of its environment.
package config

import (
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is every setting. example.env beside this file lists them with what they mean.
type Config struct {
	Data    string `env:"PIPER_DATA" envDefault:"data"`           // the folder of the store, its keys and nothing else
	Addr    string `env:"PIPER_ADDR" envDefault:"127.0.0.1:8080"` // where to listen, host:port
	Store   string `env:"PIPER_STORE" envDefault:"sqlite"`        // sqlite, or mongodb://…
	BaseURL string `env:"PIPER_BASE_URL"`                         // how people reach Piper, https://…; also makes cookies Secure

	AllowPrivateFetch    bool     `env:"PIPER_ALLOW_PRIVATE_FETCH"`    // let sources and mailboxes be on private or loopback addresses
	AllowStandaloneMongo bool     `env:"PIPER_ALLOW_STANDALONE_MONGO"` // run on a MongoDB without transactions, at the risk of half-done writes
	TrustedProxies       []string `env:"PIPER_TRUSTED_PROXIES"`        // addresses whose X-Forwarded-For is believed

	LogLevel  slog.Level `env:"PIPER_LOG_LEVEL" envDefault:"INFO"`
	LogFormat string     `env:"PIPER_LOG_FORMAT" envDefault:"text"` // text or json

	Organisation      string `env:"PIPER_ORGANISATION"`                                                                                                                       // whose board packs these are; on their cover
	FiscalYearStart   int    `env:"PIPER_FISCAL_YEAR_START" envDefault:"1"`                                                                                                   // the month, 1 to 12
	ReportingCurrency string `env:"PIPER_REPORTING_CURRENCY" envDefault:"EUR"`                                                                                                // in which the books are kept and every figure is
	ECBURL            string `env:"PIPER_ECB_URL" envDefault:"https://www.ecb.europa.eu/stats/eurofxref/"`                                                                    // the folder of the ECB's rate files
	SanctionsURL      string `env:"PIPER_SANCTIONS_URL" envDefault:"https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"` // the EU's consolidated list; its token is public

	SMTPHost     string `env:"PIPER_SMTP_HOST"`                      // by which mail goes out; empty: none does
	SMTPPort     int    `env:"PIPER_SMTP_PORT" envDefault:"587"`     //
	SMTPTLS      string `env:"PIPER_SMTP_TLS" envDefault:"starttls"` // starttls, tls, or off for a server on the same machine
	SMTPUser     string `env:"PIPER_SMTP_USER"`                      // empty: without signing in
	SMTPPassword string `env:"PIPER_SMTP_PASSWORD"`                  //
	SMTPFrom     string `env:"PIPER_SMTP_FROM"`                      // whom mail is from, Piper <piper@example.org>

	SecretKey string `env:"PIPER_SECRET_KEY"` // 64 hex digits; for several processes on one MongoDB, instead of the key files
	AuditKey  string `env:"PIPER_AUDIT_KEY"`  // likewise
	Demo      string `env:"PIPER_DEMO"`       // JSON list of demonstration accounts, shown on the sign-in page
}

// Load reads the environment and gives an error that names every setting that is wrong.
func Load() (Config, error) {
	var c Config
	if err := env.Parse(&c); err != nil {
		return c, fmt.Errorf("reading the settings: %w", err)
	}
	return c, c.Validate()
}

// Validate gives an error that names every setting that is wrong.
func (c Config) Validate() error {
	var wrong []string
	check := func(ok bool, name, sentence string) {
		if !ok {
			wrong = append(wrong, name+": "+sentence)
		}
	}
	check(c.Data != "", "PIPER_DATA", "a folder is needed")
	_, _, err := net.SplitHostPort(c.Addr)
	check(err == nil, "PIPER_ADDR", "should be host:port, such as 127.0.0.1:8080")
	check(c.Store == "sqlite" || c.Mongo(), "PIPER_STORE", "should be sqlite or begin with mongodb:// or mongodb+srv://")
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		check(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", "PIPER_BASE_URL", "should be like https://piper.example.org")
	}
	check(c.LogFormat == "text" || c.LogFormat == "json", "PIPER_LOG_FORMAT", "should be text or json")
	if c.SMTPHost != "" {
		check(c.SMTPPort > 0 && c.SMTPPort < 1<<16, "PIPER_SMTP_PORT", "should be a port, such as 587")
		check(slices.Contains([]string{"starttls", "tls", "off"}, c.SMTPTLS), "PIPER_SMTP_TLS", "should be starttls, tls or off")
		_, err := mail.ParseAddress(c.SMTPFrom)
		check(err == nil, "PIPER_SMTP_FROM", "should be an address, such as Piper <piper@example.org>")
	}
	check(c.FiscalYearStart >= 1 && c.FiscalYearStart <= 12, "PIPER_FISCAL_YEAR_START", "should be a month from 1 to 12")
	if len(wrong) > 0 {
		return fmt.Errorf("settings that are not right: %s", strings.Join(wrong, "; "))
	}
	return nil
}

// Mongo reports whether the store is a MongoDB server.
func (c Config) Mongo() bool {
	return strings.HasPrefix(c.Store, "mongodb://") || strings.HasPrefix(c.Store, "mongodb+srv://")
}

// Path gives the path of a file in the data folder.
func (c Config) Path(name string) string { return filepath.Join(c.Data, name) }

// SecureCookies reports whether people reach Piper by https.
func (c Config) SecureCookies() bool { return strings.HasPrefix(c.BaseURL, "https://") }
