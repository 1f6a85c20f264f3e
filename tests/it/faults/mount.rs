//! A small file system of our own, so that it may be full, fail, or lose its power.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::setting;

/// A mounted file system; unmounted when dropped.
pub(super) struct Mount(PathBuf);

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    match Command::new(program).args(arguments).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// An ext4 file system in a file.
pub(super) fn image(file: &Path, megabytes: u64) -> Result<(), String> {
    std::fs::File::create(file).and_then(|made| made.set_len(megabytes << 20)).map_err(|error| error.to_string())?;
    run("mkfs.ext4", &["-q", "-F", text(file)])
}

/// Copy what is in an image now: what would be on the disk if the power went.
pub(super) fn copy(from: &Path, to: &Path) {
    run("cp", &["--sparse=always", text(from), text(to)]).unwrap();
}

impl Mount {
    /// Mount an image.
    pub(super) fn of(image: &Path, at: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(at).unwrap();
        run("mount", &["-o", "loop", text(image), text(at)])?;
        Ok(Self(at.to_owned()))
    }

    /// Memory of a limited size.
    pub(super) fn memory(megabytes: u64, at: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(at).unwrap();
        run("mount", &["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs", text(at)])?;
        Ok(Self(at.to_owned()))
    }

    /// Give memory another size.
    pub(super) fn resize(&self, megabytes: u64) {
        run("mount", &["-o", &format!("remount,size={megabytes}m"), text(&self.0)]).unwrap();
    }

    /// Where.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        if run("umount", &[text(&self.0)]).is_err() {
            // Somebody is still in it: it goes when they do.
            let _ = run("umount", &["-l", text(&self.0)]);
        }
    }
}

/// What could be mounted, or a word on why this test did not run. Continuous integration must be able to.
pub(super) fn or_say<T>(fault: &str, mounted: Result<T, String>) -> Option<T> {
    match mounted {
        Ok(mounted) => Some(mounted),
        Err(why) => {
            println!("not run: {fault} (no right to mount)");
            assert!(setting("CI").as_deref() != Some("true"), "{fault} must run here: {why}");
            None
        }
    }
}
