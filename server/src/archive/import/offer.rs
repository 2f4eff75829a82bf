//! Files that are offered for import: vCons, and the recordings that lie beside them.

use crate::archive::chest::Material;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders are looked through no deeper than this.
const MAX_FOLDER_DEPTH: usize = 8;
/// What the names of vCons end with.
const VCON_ENDINGS: [&str; 2] = [".json", ".vcon"];

/// One file that is offered.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its name, as people know it.
    pub name: String,
    /// Its bytes.
    pub material: Material,
}

/// What is offered together.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// The vCons, in order.
    pub vcons: Vec<Offered>,
    /// What else was offered by name: recordings.
    pub others: Vec<Offered>,
    named: HashMap<String, Material>,
}

impl Offer {
    /// Files and folders of this machine; folders are looked through for vCons. A recording is also found when only the
    /// vCon beside it is named.
    #[must_use]
    pub fn paths(paths: &[PathBuf]) -> Self {
        let mut offer = Self::default();
        for path in paths {
            if path.is_dir() {
                offer.folder(path, MAX_FOLDER_DEPTH);
            } else {
                let offered =
                    Offered { name: path.display().to_string(), material: Material::File(path.clone()) };
                if is_vcon(&offered.name) { offer.vcons.push(offered) } else { offer.others.push(offered) }
            }
        }
        offer
    }

    fn folder(&mut self, folder: &Path, depth: usize) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            // A link could lead in a circle, or out of the folder.
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() && depth > 0 {
                self.folder(&path, depth - 1);
            } else if path.is_file() && is_vcon(&path.display().to_string()) {
                self.vcons.push(Offered { name: path.display().to_string(), material: Material::File(path) });
            }
        }
    }

    /// Files by their names alone, as an upload brings them: nothing else of this machine is looked at.
    #[must_use]
    pub fn named(files: Vec<(String, Material)>) -> Self {
        let mut offer = Self::default();
        for (name, material) in files {
            let offered = Offered { name: name.clone(), material: material.clone() };
            if is_vcon(&name) {
                offer.vcons.push(offered);
            } else {
                offer.others.push(offered);
                offer.named.insert(name, material);
            }
        }
        offer
    }

    /// Files kept in the program, such as the samples.
    #[must_use]
    pub fn held(files: &[(&str, &[u8])]) -> Self {
        let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), Material::Held(Arc::from(*bytes))));
        Self::named(files.collect())
    }

    /// The file of this bare name beside a vCon, if it is there.
    #[must_use]
    pub fn beside(&self, vcon: &Offered, name: &str) -> Option<Material> {
        match &vcon.material {
            Material::File(path) if self.named.is_empty() && vcon.name == path.display().to_string() => {
                let path = path.with_file_name(name);
                path.is_file().then_some(Material::File(path))
            }
            _ => self.named.get(name).cloned(),
        }
    }

    /// How many files there are to look at.
    #[must_use]
    pub fn len(&self) -> usize {
        self.vcons.len()
    }

    /// Whether there is nothing to look at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.vcons.is_empty() && self.others.is_empty()
    }
}

fn is_vcon(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    VCON_ENDINGS.iter().any(|ending| lower.ends_with(ending))
}
