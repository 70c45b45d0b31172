"""The look of a report: light or dark as the reader's system is, narrow or wide, and on paper."""

__all__ = ["STYLE"]

STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --quiet: #555; --rule: #767676; --you: #86198f;
  --best: #166534; --both: #1e3a8a; --chip: #fff; --try: #eef5fb; --mark: #00539b; }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #16181d; --quiet: #b6bac2; --rule: #8a8f99;
  --you: #f0abfc; --best: #86efac; --both: #93c5fd; --chip: #16181d; --try: #1f2b3a; --mark: #7cc0ff; } }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink);
  background: var(--paper); }
h1, h2 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: top;
  overflow-wrap: anywhere; }
th { overflow-wrap: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { width: 45%; }
.bar span { display: block; height: .8rem; margin-top: .35rem; background: var(--mark); min-width: 1px; }
.score { font-size: 2rem; font-weight: 700; }
label { display: block; font-weight: 600; }
textarea { width: 100%; font: inherit; color: inherit; background: transparent; border: 1px solid var(--rule);
  padding: .5rem; }
.try { border-left: .4rem solid var(--mark); padding: .5rem 1rem; background: var(--try); font-size: 1.15rem; }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; }
.tree ul { margin-left: .5rem; padding-left: 1rem; border-left: 2px solid var(--rule); }
.tree li { padding: .12rem 0; }
.untaken { color: var(--quiet); }
.chip { display: inline-block; padding: 0 .5rem; border-radius: .7rem; font-size: .8rem; font-weight: 700;
  color: var(--chip); }
.you { background: var(--you); } .best { background: var(--best); } .both { background: var(--both); }
.at { font-variant-numeric: tabular-nums; color: var(--quiet); }
kbd { font: inherit; border: 1px solid var(--rule); border-radius: .25rem; padding: 0 .4rem; }
figure { margin: 1rem 0; }
.scroll { overflow-x: auto; border: 1px solid var(--rule); background: #fff; }
.scroll:focus-visible, textarea:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.scroll svg { display: block; }
@media (max-width: 36rem) { th, td { padding: .3rem .25rem; } .bar { display: none; } }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #333; --you: #86198f; --best: #166534;
  --both: #1e3a8a; --chip: #fff; --try: #fff; --mark: #00539b; }
  body { margin: 0; max-width: none; } section, tr { break-inside: avoid; } h2 { break-after: avoid; }
  .chip, .bar span { print-color-adjust: exact; } .scroll { overflow: visible; border: 0; }
  .scroll svg { max-width: 100%; height: auto; max-height: 24cm; } }
"""
