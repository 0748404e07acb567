import groovy.xml.XmlSlurper

assert new File(basedir, 'build.log').text.contains('dark-mode is on')

// What is published, by the modules' own word.
def root = new File(basedir, '../../../..').canonicalFile
def poms = new XmlSlurper().parse(new File(root, 'pom.xml')).modules.module.collect { module ->
    new XmlSlurper().parse(new File(root, "${module.text()}/pom.xml"))
}
def published = poms
        .findAll { it.properties.'maven.deploy.skip'.text() != 'true' && it.artifactId.text() != 'guidon-bom' }
        .collect { it.artifactId.text() } as Set
assert published.contains('guidon-core')

// What the BOM gives to whoever imports it, as it is in the repository: nothing inherited, nothing imported, nothing else.
def folder = new File(localRepositoryPath, 'dev/guidon/guidon-bom')
def boms = []
folder.eachFileRecurse { if (it.name.endsWith('.pom')) boms << it }
assert boms.size() == 1
def bom = new XmlSlurper().parse(boms[0])
assert bom.parent.isEmpty()
def managed = bom.dependencyManagement.dependencies.dependency
assert managed.every { it.groupId.text() == 'dev.guidon' && it.scope.isEmpty() && it.version.text() == '${project.version}' }
assert managed.collect { it.artifactId.text() } as Set == published
assert managed.size() == published.size()
return true
