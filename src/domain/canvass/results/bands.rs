//! A tower cut into parts that are worth comparing.

use std::collections::HashMap;

use super::Rate;
use crate::domain::canvass::building::{Building, Floor};

/// Floors that are reached together: a lift zone, or a few floors in a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Band {
    /// The lift zone; empty for floors without one.
    pub zone: String,
    /// Keys of its highest and its lowest floor.
    pub top: String,
    pub bottom: String,
    pub doors: usize,
    /// Doors called at least once.
    pub called: usize,
    pub rate: Rate,
}

/// The bands while they are counted.
#[derive(Default)]
pub(super) struct Bands {
    bands: Vec<Band>,
    /// Which band a floor belongs to.
    of: HashMap<String, usize>,
}

impl Bands {
    pub fn of(building: &Building) -> Self {
        let floors: Vec<&Floor> = building
            .floors
            .iter()
            .filter(|floor| !floor.kind.is_passed() && !floor.doors.is_empty())
            .collect();
        let zoned = floors.iter().any(|floor| !floor.zone.is_empty());
        let height = height(floors.len());
        let mut bands = Self::default();
        for (place, floor) in floors.into_iter().enumerate() {
            let known = if zoned {
                bands.bands.iter().position(|band| band.zone == floor.zone)
            } else {
                (place % height != 0).then(|| bands.bands.len() - 1)
            };
            bands.put(floor, known);
        }
        bands
    }

    fn put(&mut self, floor: &Floor, band: Option<usize>) {
        let at = band.unwrap_or(self.bands.len());
        match self.bands.get_mut(at) {
            Some(band) => band.bottom.clone_from(&floor.id),
            None => self.bands.push(Band {
                zone: floor.zone.clone(),
                top: floor.id.clone(),
                bottom: floor.id.clone(),
                ..Band::default()
            }),
        }
        self.of.insert(floor.id.clone(), at);
    }

    pub fn of_floor(&mut self, floor: &str) -> Option<&mut Band> {
        self.bands.get_mut(*self.of.get(floor)?)
    }

    /// The bands that have doors to look at.
    pub fn with_doors(self) -> Vec<Band> {
        let mut bands = self.bands;
        bands.retain(|band| band.doors > 0);
        bands
    }
}

/// How many floors a band holds where the lifts say nothing: a dozen bands at the most fit on a screen.
fn height(floors: usize) -> usize {
    match floors {
        0..=8 => 1,
        9..=50 => 5,
        51..=120 => 10,
        _ => 20,
    }
}
