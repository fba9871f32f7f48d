// Package frontend carries the built browser application inside the server's binary.
package frontend

import "embed"

// Dist is the folder that `npm run build` writes. Before the first build it holds nothing but .keep,
// which is tracked so that the Go code compiles without Node; the server then says so on its page.
//
//go:embed all:dist
var Dist embed.FS
