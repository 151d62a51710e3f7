extension HTMLPage {
    /// SHA-256 of `css` in base64, by which the page's policy knows it.
    ///
    /// Written down rather than computed, so that nothing which could change the sheet at run time would pass; a test
    /// computes it.
    static let cssDigest = "MmndupsHoaFlL4BBHSCS2a9TgV/11uiYghke/tLJU9Q="

    /// The look of every page of ours: light and dark, wide and narrow, on paper.
    ///
    /// Nothing is told by colour alone. Colours keep a contrast of 4.5 to 1 against their ground (WCAG 2.2, 1.4.3).
    static let css = """

        :root {
          color-scheme: light dark;
          --ground: #ffffff; --panel: #f4f6f8; --ink: #1b2128; --quiet: #525d68; --edge: #cfd6dc; --link: #0a4f9e;
          --good: #0f5c2a; --good-ground: #e3f3e8; --bad: #9c1024; --bad-ground: #fce8ea;
          --unsure: #744600; --unsure-ground: #fdf1d8; --special: #4a2f9e; --special-ground: #eeeafc;
          --plain: #3d4751; --plain-ground: #e8ecef;
          --series-0: #8b95a0; --series-1: #2468b8; --series-2: #c2570c; --series-3: #14806c; --series-4: #a1357f;
          --series-5: #7c6b00; --series-6: #6450d6; --series-7: #b5303a; --series-8: #44515d;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #12161a; --panel: #1b2127; --ink: #e4e8ec; --quiet: #a3aeb8; --edge: #38424b; --link: #86b9f5;
            --good: #83d79d; --good-ground: #143322; --bad: #ff9da6; --bad-ground: #43191f;
            --unsure: #f0c069; --unsure-ground: #3b2c0f; --special: #c1b2fb; --special-ground: #2b2450;
            --plain: #c3ccd4; --plain-ground: #2b333b;
            --series-0: #616e7a; --series-1: #6caaf2; --series-2: #f0985a; --series-3: #4cc7ab; --series-4: #e583c6;
            --series-5: #cdb93c; --series-6: #a99ffa; --series-7: #f58a86; --series-8: #d3dae0;
          }
        }
        * { box-sizing: border-box; }
        html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; }
        body {
          max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem;
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif;
          overflow-wrap: anywhere;
        }
        h1, h2, h3, h4 { line-height: 1.25; margin: 0 0 .5rem; }
        h1 { font-size: 1.5rem; }
        h2 { font-size: 1.2rem; padding-top: .5rem; }
        h3 { font-size: 1rem; }
        h4 { font-size: .95rem; }
        main > section { margin-top: 2rem; }
        section section { margin-top: 1rem; }
        p, ul, ol, dl, pre { margin: 0 0 .75rem; }
        ul, ol { padding-left: 1.25rem; }
        a { color: var(--link); text-underline-offset: .15em; }
        a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        :target { scroll-margin-top: 1rem; outline: 2px solid var(--link); outline-offset: 4px; }
        code, pre {
          font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
          font-size: .9em; white-space: pre-wrap; unicode-bidi: isolate;
        }
        pre { background: var(--panel); border: 1px solid var(--edge); border-radius: .375rem; padding: .5rem .75rem; }
        pre code { font-size: .875rem; }
        footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--edge); color: var(--quiet); font-size: .875rem; }
        nav { margin-top: 1rem; font-size: .9375rem; }
        .row { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
        .quiet { color: var(--quiet); }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .lead { background: var(--panel); border-left: .25rem solid var(--link); padding: .75rem 1rem; margin: 1rem 0; font-size: 1.0625rem; }
        .lead > :last-child { margin-bottom: 0; }
        .card { border: 1px solid var(--edge); border-radius: .5rem; padding: .75rem 1rem; }
        .card > :last-child { margin-bottom: 0; }
        .facts > div { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); column-gap: 1rem; padding: .2rem 0; }
        .facts dt { color: var(--quiet); grid-column: 1; }
        .facts dd { margin: 0; grid-column: 2; }
        .facts dd > :last-child { margin-bottom: 0; }
        .facts dd pre { margin: .25rem 0; }
        time { white-space: nowrap; }
        .scroll { overflow-x: auto; margin: 0 0 .75rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
        caption { text-align: left; color: var(--quiet); padding-bottom: .25rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--edge); }
        thead th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
        tbody th { font-weight: 400; }
        td, tbody th { overflow-wrap: break-word; min-width: 6rem; }
        details { margin: 0 0 .5rem; }
        details > dl { padding-left: 1rem; border-left: 2px solid var(--edge); }
        ol.card { padding-left: 2rem; margin-bottom: .75rem; }
        ol.card li + li { margin-top: .25rem; }
        .card + .card { margin-top: 1rem; }
        .timeline { list-style: none; padding: 0 0 0 1rem; border-left: 2px solid var(--edge); }
        .timeline > li { display: grid; grid-template-columns: 12rem minmax(0, 1fr); column-gap: 1rem; padding: .25rem 0; }
        .timeline time { color: var(--quiet); font-variant-numeric: tabular-nums; }
        .scale { margin: 0 0 1.25rem; font-size: .875rem; }
        .scale > div:not(.axis) { display: grid; grid-template-columns: 12rem minmax(0, 1fr); column-gap: 1rem; align-items: center; }
        .axis { display: flex; justify-content: space-between; gap: 1rem; margin-left: 13rem; color: var(--quiet); border-top: 1px solid var(--edge); }
        svg { display: block; overflow: visible; }
        rect.span { fill: var(--link); }
        rect.rest { fill: none; stroke: var(--link); stroke-dasharray: 3 2; }
        circle { fill: var(--ground); stroke: currentColor; stroke-width: 1.5; }
        svg text { fill: currentColor; font-size: 12px; font-weight: 700; text-anchor: middle; dominant-baseline: central; }
        .chart { margin: 0 0 .75rem; }
        .chart text { fill: var(--quiet); font-weight: 400; }
        .chart line { stroke: var(--edge); }
        .chart g:hover { opacity: .75; }
        .tick { text-anchor: end; }
        .swatch { display: inline-block; width: .8em; height: .8em; margin-right: .15em; vertical-align: baseline; }
        .figures { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0; }
        .figures > li { background: var(--panel); border-radius: .5rem; padding: .6rem .9rem; color: var(--quiet); font-size: .875rem; }
        .figures strong { display: block; color: var(--ink); font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
        [data-series="0"] { fill: var(--series-0); }
        [data-series="1"] { fill: var(--series-1); }
        [data-series="2"] { fill: var(--series-2); }
        [data-series="3"] { fill: var(--series-3); }
        [data-series="4"] { fill: var(--series-4); }
        [data-series="5"] { fill: var(--series-5); }
        [data-series="6"] { fill: var(--series-6); }
        [data-series="7"] { fill: var(--series-7); }
        [data-series="8"] { fill: var(--series-8); }
        summary { cursor: pointer; padding: .15rem 0; }
        [data-mark]:not(svg *) {
          display: inline-block; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em;
          font-size: .875em; font-weight: 600; white-space: nowrap;
        }
        [data-mark=good] { color: var(--good); background: var(--good-ground); }
        [data-mark=bad] { color: var(--bad); background: var(--bad-ground); }
        [data-mark=unsure] { color: var(--unsure); background: var(--unsure-ground); }
        [data-mark=special] { color: var(--special); background: var(--special-ground); }
        [data-mark=plain] { color: var(--plain); background: var(--plain-ground); }
        @media (max-width: 40rem) {
          .facts > div, .timeline > li, .scale > div:not(.axis) { display: block; }
          .facts > div { padding: .3rem 0; }
          .axis { margin-left: 0; }
        }
        @media print {
          :root { color-scheme: light; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav { display: none; }
          details::details-content { content-visibility: visible; block-size: auto; }
          .card, tr, .facts > div { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
          .scroll { overflow: visible; }
        }

        """
}
