; Installer for Windows, made by Inno Setup 6 through "python packaging/build.py windows".
; It was never run on a real machine.

#define Case "EvidenceApp.Case"

[Setup]
AppId={{7C8E6C1A-53B5-4B62-9A0F-1D2B7C40E5A9}
AppName=Evidence App
AppVersion={#Version}
AppPublisher=The Evidence App team
DefaultDirName={autopf}\Evidence App
DefaultGroupName=Evidence App
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2/max
SolidCompression=yes
OutputDir={#Folder}
OutputBaseFilename={#Name}
SetupIconFile=..\..\build\icons\evidence-app.ico
UninstallDisplayIcon={app}\evidence-app.exe
LicenseFile=..\..\LICENSE
#ifdef Signed
SignTool=signtool $f
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#if FileExists(CompilerPath + "\Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Nothing of an older version is left among the new libraries.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Evidence App"; Filename: "{app}\evidence-app.exe"
Name: "{autodesktop}\Evidence App"; Filename: "{app}\evidence-app.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.evcase"; ValueType: string; ValueData: "{#Case}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.evcase"; ValueType: string; ValueName: "Content Type"; ValueData: "application/vnd.evidence-app.case+sqlite3"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\{#Case}"; ValueType: string; ValueData: "Evidence App case"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Case}\DefaultIcon"; ValueType: string; ValueData: "{app}\evidence-app.exe,0"
Root: HKA; Subkey: "Software\Classes\{#Case}\shell\open\command"; ValueType: string; ValueData: """{app}\evidence-app.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\evidence-app.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Evidence App"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\evidence-app.exe\shell\open\command"; ValueType: string; ValueData: """{app}\evidence-app.exe"" ""%1"""

[Run]
Filename: "{app}\evidence-app.exe"; Description: "{cm:LaunchProgram,Evidence App}"; Flags: nowait postinstall skipifsilent
