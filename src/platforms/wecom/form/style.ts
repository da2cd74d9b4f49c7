/** The one style sheet of the web form: for a phone held in one hand, light and dark, nothing to load beside it. */
export const STYLE = `:root{color-scheme:light dark;--ground:light-dark(#f4f4f2,#0f1114);--panel:light-dark(#fff,#1b1f24);--line:light-dark(#d6d6d0,#3b424c);--ink:light-dark(#191b20,#eceef1);--ink-2:light-dark(#5a5e67,#a8aeb8);--accent:light-dark(#2b50c8,#7c9bff);--accent-ink:light-dark(#fff,#0c1230);--red:light-dark(#a11b10,#ff9d94);--red-soft:light-dark(#fdeae8,#3a1714)}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC Variable",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:640px;margin:0 auto;padding:20px 16px calc(24px + env(safe-area-inset-bottom))}
h1{font-size:20px;line-height:1.4;margin:0 0 8px;overflow-wrap:anywhere}
p{margin:0 0 8px;overflow-wrap:anywhere}
.intro,.hint,.example,.optional{color:var(--ink-2)}
.hint,.example,.optional{font-size:14px;font-weight:400}
form{display:flex;flex-direction:column;gap:20px;margin-top:16px}
.field{min-width:0;margin:0;padding:0;border:0}
.beside{margin-top:-12px}
.beside legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
label,legend{display:block;padding:0;margin-bottom:6px;font-weight:600;overflow-wrap:anywhere}
input[type=text],textarea,select{display:block;width:100%;min-height:48px;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:var(--panel);color:inherit;font:inherit}
textarea{resize:vertical}
.example{margin:6px 0 0}
.options{display:flex;flex-direction:column;gap:8px}
.beside .options{flex-flow:row wrap}
.option{display:flex;align-items:center;gap:10px;min-height:44px;margin:0;padding:6px 12px;border:1px solid var(--line);border-radius:8px;background:var(--panel);font-weight:400}
.option input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--accent)}
.trouble,.error{color:var(--red)}
.trouble{padding:10px 12px;border-radius:8px;background:var(--red-soft)}
.error{margin:6px 0 0}
.wrong input[type=text],.wrong textarea,.wrong select{border-color:var(--red)}
footer{position:sticky;bottom:0;padding:12px 0 calc(12px + env(safe-area-inset-bottom));background:var(--ground)}
button,a.button,summary.button{display:block;width:100%;min-height:48px;padding:10px 16px;border:0;border-radius:8px;background:var(--accent);color:var(--accent-ink);font:inherit;font-weight:600;line-height:28px;text-align:center;text-decoration:none}
.strong{font-weight:600}
.said{padding:10px 12px;border-radius:8px;border:1px solid var(--line);background:var(--panel)}
blockquote{margin:0 0 8px;padding:4px 12px;border-left:3px solid var(--line);color:var(--ink-2)}
blockquote footer{position:static;padding:0;background:none;font-size:14px}
.row{padding:10px 0;border-top:1px solid var(--line)}
.actions{display:flex;flex-direction:column;gap:10px;margin:12px 0}
.actions form{margin:0}
button.plain,a.button.plain,summary.button.plain{border:1px solid var(--line);background:var(--panel);color:var(--ink)}
button.danger,a.button.danger,summary.button.danger{background:var(--red);color:var(--panel)}
summary.button{list-style:none;cursor:pointer}
details p{margin:10px 0}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;
